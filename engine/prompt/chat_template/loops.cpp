// The for statement and its variable `loop`.
#include <deque>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/loop.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

// The items that pass the condition of `for … if`, asked for one by one as Jinja2 does.
struct ConditionIterator : IteratorObject {
    IteratorPtr source;
    std::function<bool(const Value&)> passes;

    std::optional<Value> next(Evaluator& evaluator) override {
        while (auto item = source->next(evaluator)) {
            evaluator.step();
            if (passes(*item)) return item;
        }
        return std::nullopt;
    }
};

}  // namespace

bool LoopObject::advance(Evaluator& evaluator) {
    std::optional<Value> item;
    if (!ahead.empty()) {
        item = std::move(ahead.front());
        ahead.pop_front();
    } else {
        item = source->next(evaluator);
    }
    if (!item) return false;
    before = std::exchange(current, std::move(item));
    ++index0;
    return true;
}

const Value* LoopObject::peek(Evaluator& evaluator) {
    if (ahead.empty()) {
        auto item = source->next(evaluator);
        if (!item) return nullptr;
        ahead.push_back(std::move(*item));
    }
    return &ahead.front();
}

std::int64_t LoopObject::count(Evaluator& evaluator) {
    while (auto item = source->next(evaluator)) {
        evaluator.step();
        ahead.push_back(std::move(*item));
    }
    return index0 + 1 + static_cast<std::int64_t>(ahead.size());
}

Evaluator::Flow Evaluator::run_for(const For& node, const Value& iterable, const ScopePtr& scope,
                                   std::size_t depth) {
    auto loop = std::make_shared<LoopObject>();
    loop->source = iterate(*this, iterable);
    loop->level = depth;
    loop->node = &node;
    loop->scope = scope.get();
    loop->depth = std::min<std::uint32_t>(iterable.depth() + 2, kDeepestValue);
    if (node.condition) {
        auto condition = std::make_shared<ConditionIterator>();
        condition->source = std::move(loop->source);
        condition->passes = [this, &node, scope](const Value& item) {
            const ScopePtr test = inner(scope);
            assign(node.target, item, *test);
            return evaluate(*node.condition, test).truth();
        };
        loop->source = std::move(condition);
    }
    const Value variable = Value::object(Type::Loop, loop);
    ScopePtr body;
    bool empty = true;
    while (loop->advance(*this)) {
        step();
        empty = false;
        // A scope for each pass; the same memory, unless a macro holds on to it.
        if (!body || body.use_count() > 1) {
            body = inner(scope);
        } else {
            body->variables.clear();
        }
        hide_names(node.body, *body);
        if (node.target.form == Target::Form::Name) {
            body->variables.emplace_back(node.target.symbol, *loop->current);
        } else {
            assign(node.target, *loop->current, *body);
        }
        body->variables.emplace_back(parsed_.loop, variable);
        if (run_block(node.body, body) == Flow::Break) break;
    }
    loop->scope = nullptr;
    if (empty) return run_block(node.otherwise, scope_of(node.otherwise, scope));
    return Flow::Normal;
}

Value Evaluator::call_loop(const Value& value, const Arguments& arguments) {
    const auto& loop = value.as<LoopObject>();
    if (loop.scope == nullptr || !loop.node->recursive) {
        raise(Kind::Type, "The loop must have the 'recursive' marker to be called recursively.");
    }
    if (arguments.positional.size() != 1 || !arguments.named.empty()) {
        raise(Kind::Type, "loop() takes one argument");
    }
    if (calls_ >= options_.limits.depth) raise(Kind::Limit, "Loops call themselves too deep.");
    ++calls_;
    Text text;
    Text* const outer = std::exchange(output_, &text);
    run_for(*loop.node, arguments.positional[0], loop.scope->shared_from_this(), loop.level + 1);
    output_ = outer;
    --calls_;
    return string(std::move(text));
}

std::int64_t loop_length(Evaluator& evaluator, const Value& loop) {
    return loop.as<LoopObject>().count(evaluator);
}

namespace {

Value cycle(Evaluator&, const Value& self, const Arguments& arguments) {
    const auto& items = arguments.positional;
    if (items.empty()) raise(Kind::Type, "no items for cycling given");
    const auto index = static_cast<std::size_t>(self.as<LoopObject>().index0);
    return items[index % items.size()];
}

Value changed(Evaluator& evaluator, const Value& self, const Arguments& arguments) {
    auto& loop = self.as<LoopObject>();
    Value now = Value::tuple(arguments.positional);
    const bool is_new = !loop.last_seen || !equal(evaluator, *loop.last_seen, now);
    if (is_new) loop.last_seen = std::move(now);
    return Value::boolean(is_new);
}

}  // namespace

Value loop_attribute(Evaluator& evaluator, const Value& value, std::string_view name) {
    auto& loop = value.as<LoopObject>();
    if (name == "index") return Value::integer(loop.index0 + 1);
    if (name == "index0") return Value::integer(loop.index0);
    if (name == "first") return Value::boolean(loop.index0 == 0);
    if (name == "last") return Value::boolean(loop.peek(evaluator) == nullptr);
    if (name == "length") return Value::integer(loop.count(evaluator));
    if (name == "revindex") return Value::integer(loop.count(evaluator) - loop.index0);
    if (name == "revindex0") return Value::integer(loop.count(evaluator) - loop.index0 - 1);
    if (name == "depth") return Value::integer(static_cast<Integer>(loop.level + 1));
    if (name == "depth0") return Value::integer(static_cast<Integer>(loop.level));
    if (name == "previtem") {
        return loop.before ? *loop.before : Value::undefined("there is no previous item");
    }
    if (name == "nextitem") {
        const Value* next = loop.peek(evaluator);
        return next != nullptr ? *next : Value::undefined("there is no next item");
    }
    if (name == "cycle") return bound_method("cycle", cycle, value);
    if (name == "changed") return bound_method("changed", changed, value);
    return Value::undefined("'LoopContext object' has no attribute '" + std::string(name) + "'");
}

}  // namespace deepwell::engine::chat_template
