#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

template <class... Forms>
struct Overloaded : Forms... {
    using Forms::operator()...;
};
template <class... Forms>
Overloaded(Forms...) -> Overloaded<Forms...>;

}  // namespace

Evaluator::Flow Evaluator::run_block(const Block& block, const ScopePtr& scope) {
    const Nesting nesting(*this);
    for (const Statement& statement : block) {
        const Flow flow = run_statement(statement, scope);
        if (flow != Flow::Normal) return flow;
    }
    return Flow::Normal;
}

Evaluator::Flow Evaluator::run_statement(const Statement& statement, const ScopePtr& scope) {
    step();
    place_ = statement.place;
    return std::visit(
        Overloaded{
            [&](const Output& node) {
                output_->append(node.text);
                check_size(output_->size());
                return Flow::Normal;
            },
            [&](const Print& node) {
                for (const ExpressionPtr& value : node.values) print(evaluate(*value, scope));
                return Flow::Normal;
            },
            [&](const If& node) {
                for (const auto& [condition, body] : node.branches) {
                    if (evaluate(*condition, scope).truth()) return run_block(body, scope);
                }
                return run_block(node.otherwise, scope);
            },
            [&](const For& node) {
                run_for(node, evaluate(*node.iterable, scope), scope, 0);
                return Flow::Normal;
            },
            [&](const Set& node) {
                check_target(node.target, *scope);
                assign(node.target, evaluate(*node.value, scope), *scope);
                return Flow::Normal;
            },
            [&](const SetBlock& node) {
                Value text = string(capture(node.body, scope_of(node.body, scope)));
                check_target(node.target, *scope, Kind::Type);
                assign(node.target, filtered(node.filters, std::move(text), scope), *scope);
                return Flow::Normal;
            },
            [&](const DefineMacro& node) {
                scope->set(node.symbol, make_macro(*node.code, scope));
                return Flow::Normal;
            },
            [&](const CallBlock& node) {
                const Value caller = make_macro(*node.caller, scope);
                print(evaluate_steps(std::get<Postfix>(node.callee->form), scope, &caller));
                return Flow::Normal;
            },
            [&](const FilterBlock& node) {
                Value text = string(capture(node.body, scope_of(node.body, scope)));
                print(filtered(node.filters, std::move(text), scope));
                return Flow::Normal;
            },
            [&](const With& node) {
                const ScopePtr body = scope_of(node.body, scope);
                for (const auto& [target, value] : node.values) {
                    assign(target, evaluate(*value, scope), *body);
                }
                return run_block(node.body, body);
            },
            [&](const ScopedBlock& node) {
                return run_block(node.body, scope_of(node.body, scope));
            },
            [&](const Autoescape& node) {
                if (evaluate(*node.enabled, scope).truth()) {
                    raise(Kind::Runtime, "autoescape is for HTML: prompts are never escaped");
                }
                return run_block(node.body, scope_of(node.body, scope));
            },
            [&](const Break&) { return Flow::Break; },
            [&](const Continue&) { return Flow::Continue; },
            [&](const Refused& node) -> Flow { raise(node.kind, node.message); },
        },
        statement.form);
}

Text Evaluator::capture(const Block& block, const ScopePtr& scope) {
    Text text;
    Text* const outer = std::exchange(output_, &text);
    run_block(block, scope);
    output_ = outer;
    return text;
}

void Evaluator::print(const Value& value) {
    if (value.is(Type::String)) {
        output_->append(value.as_text());
        work(value.as_text().size());
    } else {
        output_->append(text_of(*this, value));
    }
    check_size(output_->size());
}

// An attribute can be set on namespaces only; said before the value is computed, as Jinja2 does.
void Evaluator::check_target(const Target& target, const Scope& scope, Kind kind) const {
    if (target.form != Target::Form::NamespaceAttribute) return;
    if (!look_up(target.symbol, scope).is(Type::Namespace)) {
        raise(kind, "cannot assign attribute on non-namespace object");
    }
}

void Evaluator::assign(const Target& target, const Value& value, Scope& scope) {
    switch (target.form) {
        case Target::Form::Name:
            scope.set(target.symbol, value);
            return;
        case Target::Form::NamespaceAttribute: {
            const Value names = look_up(target.symbol, scope);
            names.as<NamespaceObject>().set(target.attribute, value);
            return;
        }
        case Target::Form::Tuple: {
            const std::vector<Value> items = to_vector(*this, value);
            const std::size_t wanted = target.items.size();
            if (items.size() > wanted) {
                raise(Kind::Value,
                      "too many values to unpack (expected " + std::to_string(wanted) + ")");
            }
            if (items.size() < wanted) {
                raise(Kind::Value, "not enough values to unpack (expected " +
                                       std::to_string(wanted) + ", got " +
                                       std::to_string(items.size()) + ")");
            }
            for (std::size_t i = 0; i < wanted; ++i) assign(target.items[i], items[i], scope);
            return;
        }
    }
}

Value Evaluator::filtered(const std::vector<Step>& filters, Value value, const ScopePtr& scope) {
    for (const Step& filter : filters) value = apply_step(filter, value, scope, nullptr);
    return value;
}

}  // namespace deepwell::engine::chat_template
