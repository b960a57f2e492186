#include "engine/prompt/chat_template/evaluator.h"

#include <algorithm>

#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/operations.h"

namespace deepwell::engine::chat_template {

namespace {

// Macros of 64 levels, each with its statements and expressions, stay under it; the stack too.
constexpr std::size_t kDeepestEvaluation = 600;

}  // namespace

const Value* Scope::find(Symbol symbol) const {
    for (const auto& [name, value] : variables) {
        if (name == symbol) return &value;
    }
    return nullptr;
}

void Scope::set(Symbol symbol, Value value) {
    for (auto& [name, old] : variables) {
        if (name != symbol) continue;
        old = std::move(value);
        return;
    }
    variables.emplace_back(symbol, std::move(value));
}

Evaluator::Nesting::Nesting(Evaluator& evaluator) : evaluator_(evaluator) {
    if (++evaluator_.nesting_ <= kDeepestEvaluation) return;
    --evaluator_.nesting_;
    raise(Kind::Limit, "The template is nested too deep while it runs.");
}

Evaluator::Evaluator(const ParsedTemplate& parsed, const RenderOptions& options)
    : parsed_(parsed), options_(options), root_(std::make_shared<Scope>()) {}

// Cuts the rings that macros, namespaces and changed lists may form.
Evaluator::~Evaluator() {
    for (const ScopePtr& scope : kept_scopes_) scope->variables.clear();
    for (const auto& object : kept_objects_) {
        if (auto* names = dynamic_cast<NamespaceObject*>(object.get())) names->attributes.clear();
        if (auto* list = dynamic_cast<SequenceObject*>(object.get())) list->items.clear();
    }
    root_->variables.clear();
}

void Evaluator::fail_steps() const {
    raise(Kind::Limit, "The template takes too long: more than " +
                           std::to_string(options_.limits.steps) + " steps.");
}

void Evaluator::check_size(std::size_t bytes) const {
    if (bytes <= options_.limits.output_bytes) return;
    raise(Kind::Limit, "The template makes a text of more than " +
                           std::to_string(options_.limits.output_bytes) + " bytes.");
}

Value Evaluator::string(Text text) {
    check_size(text.size());
    work(text.size());
    return Value::string(std::move(text));
}

void Evaluator::set_context(const nlohmann::ordered_json& context) {
    context_.resize(parsed_.names.size());
    in_context_.resize(parsed_.names.size(), false);
    for (Symbol symbol = 0; symbol < parsed_.names.size(); ++symbol) {
        const std::string& name = parsed_.names[symbol];
        const auto entry = context.find(name);
        if (entry != context.end()) {
            const auto& trusted = options_.trusted_names;
            const bool is_trusted =
                name.ends_with("_token") ||
                std::find(trusted.begin(), trusted.end(), name) != trusted.end();
            context_[symbol] = value_of(*entry, !is_trusted);
            in_context_[symbol] = true;
        } else if (auto global = find_global(name)) {
            context_[symbol] = *global;
            in_context_[symbol] = true;
        }
    }
    for (const auto& [block, names] : parsed_.hidden) {
        for (const Symbol symbol : names) {
            if (in_context_[symbol]) hidden_[block].push_back(symbol);
        }
    }
}

Text Evaluator::run(const nlohmann::ordered_json& context) {
    Text output;
    output_ = &output;
    try {
        set_context(context);
        hide_names(parsed_.body, *root_);
        run_block(parsed_.body, root_);
    } catch (Failure& failure) {
        if (failure.error.line == 0) {
            failure.error.line = place_.line;
            failure.error.column = place_.column;
        }
        throw;
    }
    return output;
}

Evaluator::ScopePtr Evaluator::inner(const ScopePtr& scope) const {
    auto result = std::make_shared<Scope>();
    result->parent = scope;
    return result;
}

Evaluator::ScopePtr Evaluator::scope_of(const Block& block, const ScopePtr& outer) {
    ScopePtr result = inner(outer);
    hide_names(block, *result);
    return result;
}

void Evaluator::hide_names(const Block& block, Scope& scope) {
    if (hidden_.empty()) return;
    const auto entry = hidden_.find(&block);
    if (entry == hidden_.end()) return;
    step(entry->second.size());
    for (const Symbol symbol : entry->second) {
        scope.set(symbol, Value::undefined("'" + parsed_.names[symbol] + "' is undefined"));
    }
}

Value Evaluator::look_up(Symbol symbol, const Scope& scope) const {
    for (const Scope* place = &scope; place != nullptr; place = place->parent.get()) {
        if (const Value* value = place->find(symbol)) return *value;
    }
    if (in_context_[symbol]) return context_[symbol];
    return Value::undefined("'" + parsed_.names[symbol] + "' is undefined");
}

}  // namespace deepwell::engine::chat_template
