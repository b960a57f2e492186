#include "engine/prompt/chat_template/hidden_names.h"

#include <map>
#include <set>

namespace deepwell::engine::chat_template {

namespace {

enum class Source { Context, Outer, Parameter, Nothing };

// The names of one scope. A branch of an `if` is looked at as a layer over what was known before.
struct Names {
    const Names* outer = nullptr;  // the scope around, known to its end
    const Names* base = nullptr;   // of a branch
    std::map<Symbol, Source> sources;
    std::set<Symbol> stored;

    bool knows(Symbol symbol) const {
        for (const Names* layer = this; layer != nullptr; layer = layer->base) {
            if (layer->sources.count(symbol) > 0) return true;
        }
        return outer != nullptr && outer->knows(symbol);
    }
    bool knows_here(Symbol symbol) const {
        for (const Names* layer = this; layer != nullptr; layer = layer->base) {
            if (layer->sources.count(symbol) > 0) return true;
        }
        return false;
    }
    bool stores(Symbol symbol) const {
        for (const Names* layer = this; layer != nullptr; layer = layer->base) {
            if (layer->stored.count(symbol) > 0) return true;
        }
        return false;
    }
    void load(Symbol symbol) {
        if (!knows(symbol)) sources[symbol] = Source::Context;
    }
    void store(Symbol symbol) {
        stored.insert(symbol);
        if (knows_here(symbol)) return;
        const bool from_outer = outer != nullptr && outer->knows(symbol);
        sources[symbol] = from_outer ? Source::Outer : Source::Nothing;
    }
    void declare(Symbol symbol) {
        stored.insert(symbol);
        sources[symbol] = Source::Parameter;
    }
    Names branch() const {
        Names names;
        names.outer = outer;
        names.base = this;
        return names;
    }
    // What a branch sets may be left as it was by the others, so it comes from outside at first.
    template <class... Branches>
    void merge(const Branches&... branches) {
        std::set<Symbol> set_by_branches;
        for (const Names* branch : {&branches...}) {
            sources.insert(branch->sources.begin(), branch->sources.end());
            for (const Symbol symbol : branch->stored) {
                if (!stores(symbol)) set_by_branches.insert(symbol);
            }
        }
        for (const Symbol symbol : set_by_branches) {
            const bool from_outer = outer != nullptr && outer->knows(symbol);
            sources[symbol] = from_outer ? Source::Outer : Source::Context;
            stored.insert(symbol);
        }
    }
};

class Finder {
public:
    explicit Finder(HiddenNames& hidden) : hidden_(hidden) {}

    // A scope of its own: `prepare` tells what comes before its statements.
    template <class Prepare>
    void scope(const Block& block, const Names* outer, Prepare prepare) {
        Names names;
        names.outer = outer;
        prepare(names);
        visit(block, names);
        std::vector<Symbol> found;
        for (const auto& [symbol, source] : names.sources) {
            if (source == Source::Nothing) found.push_back(symbol);
        }
        if (!found.empty()) hidden_.emplace(&block, std::move(found));
        inner_scopes(block, names);
    }
    void scope(const Block& block, const Names* outer) {
        scope(block, outer, [](Names&) {});
    }

private:
    // --- names of this scope, in the order of the text ---
    void visit(const Block& block, Names& names) {
        for (const Statement& statement : block) {
            std::visit([&](const auto& node) { visit_node(node, names); }, statement.form);
        }
    }
    void visit_node(const Print& node, Names& names) { read(node.values, names); }
    void visit_node(const If& node, Names& names) {
        read(*node.branches.front().first, names);
        Names first = names.branch();
        visit(node.branches.front().second, first);
        Names others = names.branch();  // all of `elif` together
        for (std::size_t i = 1; i < node.branches.size(); ++i) {
            read(*node.branches[i].first, others);
            Names branch = others.branch();
            visit(node.branches[i].second, branch);
            others.merge(branch);
        }
        Names last = names.branch();
        visit(node.otherwise, last);
        names.merge(first, others, last);
    }
    void visit_node(const For& node, Names& names) { read(*node.iterable, names); }
    void visit_node(const Set& node, Names& names) {
        read(*node.value, names);
        write(node.target, names);
    }
    void visit_node(const SetBlock& node, Names& names) {
        read_steps(node.filters, names);
        write(node.target, names);
    }
    void visit_node(const DefineMacro& node, Names& names) { names.store(node.symbol); }
    void visit_node(const CallBlock& node, Names& names) { read(*node.callee, names); }
    void visit_node(const FilterBlock& node, Names& names) { read_steps(node.filters, names); }
    void visit_node(const With& node, Names& names) {
        for (const auto& entry : node.values) read(*entry.second, names);
    }
    void visit_node(const Autoescape& node, Names& names) { read(*node.enabled, names); }
    template <class Other>
    void visit_node(const Other&, Names&) {}

    // --- the scopes inside of it ---
    void inner_scopes(const Block& block, const Names& names) {
        for (const Statement& statement : block) {
            std::visit([&](const auto& node) { enter(node, names); }, statement.form);
        }
    }
    void enter(const If& node, const Names& names) {
        for (const auto& branch : node.branches) inner_scopes(branch.second, names);
        inner_scopes(node.otherwise, names);
    }
    void enter(const For& node, const Names& names) {
        scope(node.body, &names, [&](Names& inner) { declare(node.target, inner); });
        scope(node.otherwise, &names);
    }
    void enter(const SetBlock& node, const Names& names) { scope(node.body, &names); }
    void enter(const DefineMacro& node, const Names& names) { enter_code(*node.code, names); }
    void enter(const CallBlock& node, const Names& names) { enter_code(*node.caller, names); }
    void enter(const FilterBlock& node, const Names& names) { scope(node.body, &names); }
    void enter(const With& node, const Names& names) {
        scope(node.body, &names, [&](Names& inner) {
            for (const auto& entry : node.values) write(entry.first, inner);
        });
    }
    void enter(const ScopedBlock& node, const Names& names) { scope(node.body, &names); }
    void enter(const Autoescape& node, const Names& names) { scope(node.body, &names); }
    template <class Other>
    void enter(const Other&, const Names&) {}

    void enter_code(const MacroCode& code, const Names& names) {
        scope(code.body, &names, [&](Names& inner) {
            for (const auto& parameter : code.parameters) inner.declare(parameter.first);
            read(code.defaults, inner);
        });
    }

    // --- targets and expressions ---
    void write(const Target& target, Names& names) {
        if (target.form == Target::Form::Name) names.store(target.symbol);
        if (target.form == Target::Form::NamespaceAttribute) names.load(target.symbol);
        for (const Target& item : target.items) write(item, names);
    }
    void declare(const Target& target, Names& names) {
        if (target.form == Target::Form::Name) names.declare(target.symbol);
        for (const Target& item : target.items) declare(item, names);
    }
    void read(const std::vector<ExpressionPtr>& expressions, Names& names) {
        for (const ExpressionPtr& expression : expressions) read(*expression, names);
    }
    void read(const ExpressionPtr& expression, Names& names) {
        if (expression) read(*expression, names);
    }
    void read(const Expression& expression, Names& names) {
        std::visit([&](const auto& form) { read_form(form, names); }, expression.form);
    }
    void read_form(const Constant&, Names&) {}
    void read_form(const Name& form, Names& names) { names.load(form.symbol); }
    void read_form(const ListDisplay& form, Names& names) { read(form.items, names); }
    void read_form(const TupleDisplay& form, Names& names) { read(form.items, names); }
    void read_form(const MappingDisplay& form, Names& names) {
        for (const auto& [key, value] : form.entries) {
            read(key, names);
            read(value, names);
        }
    }
    void read_form(const Sign& form, Names& names) { read(form.operand, names); }
    void read_form(const Not& form, Names& names) { read(form.operand, names); }
    void read_form(const BinaryChain& form, Names& names) { read_chain(form, names); }
    void read_form(const ComparisonChain& form, Names& names) { read_chain(form, names); }
    void read_form(const Concatenation& form, Names& names) { read(form.parts, names); }
    void read_form(const Logical& form, Names& names) { read(form.operands, names); }
    void read_form(const Conditional& form, Names& names) {
        read(form.condition, names);
        read(form.value, names);
        read(form.otherwise, names);
    }
    void read_form(const Postfix& form, Names& names) {
        read(form.base, names);
        read_steps(form.steps, names);
    }
    template <class Chain>
    void read_chain(const Chain& chain, Names& names) {
        read(chain.first, names);
        for (const auto& entry : chain.rest) read(entry.second, names);
    }
    void read_steps(const std::vector<Step>& steps, Names& names) {
        for (const Step& step : steps) {
            std::visit([&](const auto& form) { read_step(form, names); }, step.form);
        }
    }
    void read_step(const AttributeStep&, Names&) {}
    void read_step(const ItemStep& step, Names& names) { read(step.key, names); }
    void read_step(const SliceStep& step, Names& names) {
        read(step.from, names);
        read(step.to, names);
        read(step.step, names);
    }
    template <class Called>  // calls, filters, tests
    void read_step(const Called& step, Names& names) {
        read(step.arguments.positional, names);
        for (const auto& entry : step.arguments.named) read(entry.second, names);
        read(step.arguments.more_positional, names);
        read(step.arguments.more_named, names);
    }

    HiddenNames& hidden_;
};

}  // namespace

HiddenNames find_hidden_names(const ParsedTemplate& parsed) {
    HiddenNames hidden;
    Finder(hidden).scope(parsed.body, nullptr);
    return hidden;
}

}  // namespace deepwell::engine::chat_template
