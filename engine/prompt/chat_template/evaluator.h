// Runs a parsed template over its context. One object a rendering.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/prompt/chat_template/ast.h"
#include "engine/prompt/chat_template/chat_template.h"

namespace deepwell::engine::chat_template {

struct Scope : std::enable_shared_from_this<Scope> {
    std::shared_ptr<Scope> parent;
    std::vector<std::pair<Symbol, Value>> variables;

    const Value* find(Symbol symbol) const;  // here, not in the parents
    void set(Symbol symbol, Value value);
};

class Evaluator {
public:
    Evaluator(const ParsedTemplate& parsed, const RenderOptions& options);
    ~Evaluator();
    Evaluator(const Evaluator&) = delete;

    // Fails by throwing Failure with the place.
    Text run(const nlohmann::ordered_json& context);

    // --- what everything that runs has to account for ---
    void step(std::size_t count = 1) {
        steps_ += count;
        if (steps_ > options_.limits.steps) fail_steps();
    }
    std::size_t steps() const { return steps_; }
    void work(std::size_t bytes) { step(bytes / 256); }
    // A new string: not over the limit, and paid for.
    Value string(Text text);
    Value string(std::string_view text) { return string(Text(std::string(text))); }
    void check_size(std::size_t bytes) const;
    const RenderOptions& options() const { return options_; }
    // Bounds the recursion while one of them lives.
    class Nesting {
    public:
        explicit Nesting(Evaluator& evaluator);
        ~Nesting() { --evaluator_.nesting_; }
        Nesting(const Nesting&) = delete;

    private:
        Evaluator& evaluator_;
    };
    // Objects that can change are kept to the end, so that rings of them can be cut.
    void keep(const std::shared_ptr<Object>& object) { kept_objects_.push_back(object); }

    // --- calls --- (calls.cpp)
    Value call(const Value& callee, Arguments arguments);

private:
    friend class LoopRunner;
    using ScopePtr = std::shared_ptr<Scope>;
    enum class Flow { Normal, Break, Continue };

    // evaluator.cpp
    [[noreturn]] void fail_steps() const;
    void set_context(const nlohmann::ordered_json& context);
    Value look_up(Symbol symbol, const Scope& scope) const;
    ScopePtr inner(const ScopePtr& scope) const;
    // The scope in which a block runs: names that it hides are undefined in it from the start.
    ScopePtr scope_of(const Block& block, const ScopePtr& outer);
    void hide_names(const Block& block, Scope& scope);
    // statements.cpp
    Flow run_block(const Block& block, const ScopePtr& scope);
    Flow run_statement(const Statement& statement, const ScopePtr& scope);
    Text capture(const Block& block, const ScopePtr& scope);
    void print(const Value& value);
    void check_target(const Target& target, const Scope& scope, Kind kind = Kind::Runtime) const;
    void assign(const Target& target, const Value& value, Scope& scope);
    Value filtered(const std::vector<Step>& filters, Value value, const ScopePtr& scope);
    // loops.cpp
    Flow run_for(const For& node, const Value& iterable, const ScopePtr& scope, std::size_t depth);
    // expressions.cpp
    Value evaluate(const Expression& expression, const ScopePtr& scope);
    Value apply_step(const Step& step, const Value& value, const ScopePtr& scope,
                     const Value* caller);
    Value evaluate_steps(const Postfix& postfix, const ScopePtr& scope, const Value* caller);
    Arguments evaluate_arguments(const CallArguments& arguments, const ScopePtr& scope);
    // calls.cpp
    Value make_macro(const MacroCode& code, const ScopePtr& scope);
    Value call_macro(const MacroObject& macro, Arguments arguments);
    Value call_loop(const Value& loop, const Arguments& arguments);

    const ParsedTemplate& parsed_;
    const RenderOptions& options_;
    std::size_t steps_ = 0;
    std::size_t nesting_ = 0;
    std::size_t calls_ = 0;  // macros and recursive loops in each other
    Place place_;            // of what is being evaluated
    Text* output_ = nullptr;
    ScopePtr root_;
    std::vector<Value> context_;  // by symbol
    std::vector<bool> in_context_;
    HiddenNames hidden_;                 // those that are in the context
    std::vector<ScopePtr> kept_scopes_;  // that macros refer to
    std::vector<std::shared_ptr<Object>> kept_objects_;
};

}  // namespace deepwell::engine::chat_template
