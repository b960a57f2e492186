// A parsed template: values only, immutable, shared by all renderings.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "engine/prompt/chat_template/token.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// A variable's name, as an index into ParsedTemplate::names.
using Symbol = std::uint32_t;

struct Filter;
struct Test;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct CallArguments {
    std::vector<ExpressionPtr> positional;
    std::vector<std::pair<std::string, ExpressionPtr>> named;
    ExpressionPtr more_positional;  // *expression
    ExpressionPtr more_named;       // **expression
};

// What may follow a value: a.name, a[item], a[from:to:step], a(…), a|filter, a is test.
struct AttributeStep {
    std::string name;
};
struct ItemStep {
    ExpressionPtr key;
};
struct SliceStep {
    ExpressionPtr from, to, step;  // any may be null
};
struct CallStep {
    CallArguments arguments;
};
struct FilterStep {
    const Filter* filter = nullptr;  // null: unknown, and only an error if it is reached
    std::string name;
    CallArguments arguments;
};
struct TestStep {
    const Test* test = nullptr;
    std::string name;
    CallArguments arguments;
    bool negated = false;
};
struct Step {
    Place place;
    std::variant<AttributeStep, ItemStep, SliceStep, CallStep, FilterStep, TestStep> form;
};

enum class BinaryOperator { Add, Subtract, Multiply, Divide, FloorDivide, Modulo, Power };
enum class ComparisonOperator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    NotIn
};

// Chains of one precedence are one node with many operands: a long sum nests no deeper than a
// short one.
struct Constant {
    Value value;
};
struct Name {
    Symbol symbol = 0;
};
struct ListDisplay {
    std::vector<ExpressionPtr> items;
};
struct TupleDisplay {
    std::vector<ExpressionPtr> items;
};
struct MappingDisplay {
    std::vector<std::pair<ExpressionPtr, ExpressionPtr>> entries;
};
struct Sign {
    bool negative = false;
    ExpressionPtr operand;
};
struct Not {
    ExpressionPtr operand;
};
struct BinaryChain {
    ExpressionPtr first;
    std::vector<std::pair<BinaryOperator, ExpressionPtr>> rest;
};
struct Concatenation {
    std::vector<ExpressionPtr> parts;
};
struct ComparisonChain {
    ExpressionPtr first;
    std::vector<std::pair<ComparisonOperator, ExpressionPtr>> rest;
};
struct Logical {
    bool is_and = false;
    std::vector<ExpressionPtr> operands;
};
struct Conditional {
    ExpressionPtr value, condition, otherwise;  // otherwise may be null
};
struct Postfix {
    ExpressionPtr base;
    std::vector<Step> steps;
};

struct Expression {
    Place place;
    std::variant<Constant, Name, ListDisplay, TupleDisplay, MappingDisplay, Sign, Not, BinaryChain,
                 Concatenation, ComparisonChain, Logical, Conditional, Postfix>
        form;
};

template <class Form>
ExpressionPtr make(Place place, Form form) {
    return std::make_unique<Expression>(Expression{place, std::move(form)});
}

// What is assigned to.
struct Target {
    Place place;
    enum class Form { Name, Tuple, NamespaceAttribute } form = Form::Name;
    Symbol symbol = 0;
    std::string attribute;
    std::vector<Target> items;
};

struct Statement;
using Block = std::vector<Statement>;

struct MacroCode {
    std::string name;
    std::vector<std::pair<Symbol, std::string>> parameters;
    std::vector<ExpressionPtr> defaults;  // of the last parameters
    Block body;
    bool uses_caller = false, uses_varargs = false, uses_kwargs = false;
};

struct Output {
    Text text;
};
struct Print {
    std::vector<ExpressionPtr> values;
};
struct If {
    std::vector<std::pair<ExpressionPtr, Block>> branches;
    Block otherwise;
};
struct For {
    Target target;
    ExpressionPtr iterable;
    ExpressionPtr condition;  // may be null
    bool recursive = false;
    Block body, otherwise;
};
struct Set {
    Target target;
    ExpressionPtr value;
};
struct SetBlock {
    Target target;
    std::vector<Step> filters;
    Block body;
};
struct DefineMacro {
    Symbol symbol = 0;
    std::unique_ptr<MacroCode> code;
};
struct CallBlock {
    ExpressionPtr callee;  // a Postfix that ends with a CallStep
    std::unique_ptr<MacroCode> caller;
};
struct FilterBlock {
    std::vector<Step> filters;
    Block body;
};
struct With {
    std::vector<std::pair<Target, ExpressionPtr>> values;
    Block body;
};
struct ScopedBlock {  // block, generation
    Block body;
};
struct Autoescape {
    ExpressionPtr enabled;
    Block body;
};
struct Break {};
struct Continue {};
// include, import, from, extends, required blocks: there is nothing to load from.
struct Refused {
    Kind kind = Kind::Type;
    std::string message;
};

struct Statement {
    Place place;
    std::variant<Output, Print, If, For, Set, SetBlock, DefineMacro, CallBlock, FilterBlock, With,
                 ScopedBlock, Autoescape, Break, Continue, Refused>
        form;
};

// By the block of a scope (hidden_names.h).
using HiddenNames = std::unordered_map<const Block*, std::vector<Symbol>>;

struct ParsedTemplate {
    std::vector<std::string> names;  // by symbol
    std::vector<bool> is_read;       // by symbol: read somewhere, not only set
    Symbol loop = 0, caller = 0, varargs = 0, kwargs = 0;
    Block body;
    HiddenNames hidden;  // found once the template is at its place
};

}  // namespace deepwell::engine::chat_template
