#include <algorithm>

#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/parser.h"

namespace deepwell::engine::chat_template {

namespace {

template <class Form>
ExpressionPtr make(Place place, Form form) {
    return std::make_unique<Expression>(Expression{place, std::move(form)});
}

}  // namespace

ExpressionParser::ExpressionParser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {
    result_.loop = symbol("loop");
    result_.caller = symbol("caller");
    result_.varargs = symbol("varargs");
    result_.kwargs = symbol("kwargs");
}

ExpressionParser::Nesting::Nesting(ExpressionParser& parser) : parser_(parser) {
    if (++parser_.nesting_ <= kDeepestNesting) return;
    --parser_.nesting_;
    const Place place = parser_.current().place;
    throw Failure{
        {Kind::Limit, "The template is nested deeper than 64.", place.line, place.column}};
}

Token ExpressionParser::next() {
    const Token token = tokens_[place_];
    if (place_ + 1 < tokens_.size()) ++place_;
    return token;
}

bool ExpressionParser::skip_if(TokenType type) {
    if (!current().is(type)) return false;
    next();
    return true;
}

bool ExpressionParser::skip_if_name(std::string_view name) {
    if (!current().is_name(name)) return false;
    next();
    return true;
}

Token ExpressionParser::expect(TokenType type, const char* what) {
    if (current().is(TokenType::End) && type != TokenType::End) {
        fail(std::string("unexpected end of template, expected ") + what);
    }
    if (!current().is(type)) {
        fail(std::string("expected token ") + what + ", got " + describe(current()));
    }
    return next();
}

void ExpressionParser::expect_name(std::string_view name) {
    if (!skip_if_name(name)) {
        fail("expected token '" + std::string(name) + "', got " + describe(current()));
    }
}

void ExpressionParser::fail(const std::string& message, Place place) const {
    throw Failure{{Kind::Syntax, message, place.line, place.column}};
}

Symbol ExpressionParser::symbol(const std::string& name) {
    const auto [place, is_new] = symbols_.emplace(name, static_cast<Symbol>(symbols_.size()));
    if (is_new) {
        result_.names.push_back(name);
        result_.is_read.push_back(false);
    }
    return place->second;
}

void ExpressionParser::note_read(Symbol symbol) {
    result_.is_read[symbol] = true;
    for (MacroCode* macro : macros_) {
        macro->uses_caller = macro->uses_caller || symbol == result_.caller;
        macro->uses_varargs = macro->uses_varargs || symbol == result_.varargs;
        macro->uses_kwargs = macro->uses_kwargs || symbol == result_.kwargs;
    }
}

ExpressionPtr ExpressionParser::parse_expression(bool with_condition) {
    const Nesting nesting(*this);
    return with_condition ? parse_condition() : parse_or();
}

// or ["if" or ["else" condition]] …
ExpressionPtr ExpressionParser::parse_condition() {
    const Place place = current().place;
    const std::size_t unknown = unknown_.size();
    ExpressionPtr value = parse_or();
    while (skip_if_name("if")) {
        ExpressionPtr condition = parse_or();
        ExpressionPtr otherwise;
        if (skip_if_name("else")) {
            const Nesting nesting(*this);
            otherwise = parse_condition();
        }
        value =
            make(place, Conditional{std::move(value), std::move(condition), std::move(otherwise)});
        unknown_.resize(unknown);
    }
    return value;
}

ExpressionPtr ExpressionParser::parse_or() {
    const Place place = current().place;
    ExpressionPtr first = parse_and();
    if (!current().is_name("or")) return first;
    Logical logical{false, {}};
    logical.operands.push_back(std::move(first));
    while (skip_if_name("or")) logical.operands.push_back(parse_and());
    return make(place, std::move(logical));
}

ExpressionPtr ExpressionParser::parse_and() {
    const Place place = current().place;
    ExpressionPtr first = parse_not();
    if (!current().is_name("and")) return first;
    Logical logical{true, {}};
    logical.operands.push_back(std::move(first));
    while (skip_if_name("and")) logical.operands.push_back(parse_not());
    return make(place, std::move(logical));
}

ExpressionPtr ExpressionParser::parse_not() {
    const Place place = current().place;
    if (!skip_if_name("not")) return parse_comparison();
    const Nesting nesting(*this);
    return make(place, Not{parse_not()});
}

ExpressionPtr ExpressionParser::parse_comparison() {
    const Place place = current().place;
    ComparisonChain chain{parse_sum(), {}};
    while (true) {
        ComparisonOperator sign{};
        switch (current().type) {
            case TokenType::Equal:
                sign = ComparisonOperator::Equal;
                break;
            case TokenType::NotEqual:
                sign = ComparisonOperator::NotEqual;
                break;
            case TokenType::Less:
                sign = ComparisonOperator::Less;
                break;
            case TokenType::LessEqual:
                sign = ComparisonOperator::LessEqual;
                break;
            case TokenType::Greater:
                sign = ComparisonOperator::Greater;
                break;
            case TokenType::GreaterEqual:
                sign = ComparisonOperator::GreaterEqual;
                break;
            default:
                if (current().is_name("in")) {
                    sign = ComparisonOperator::In;
                } else if (current().is_name("not") && look().is_name("in")) {
                    next();
                    sign = ComparisonOperator::NotIn;
                } else {
                    return chain.rest.empty() ? std::move(chain.first)
                                              : make(place, std::move(chain));
                }
        }
        next();
        chain.rest.emplace_back(sign, parse_sum());
    }
}

ExpressionPtr ExpressionParser::parse_sum() {
    const Place place = current().place;
    BinaryChain chain{parse_concatenation(), {}};
    while (current().is(TokenType::Add) || current().is(TokenType::Subtract)) {
        const bool add = next().is(TokenType::Add);
        chain.rest.emplace_back(add ? BinaryOperator::Add : BinaryOperator::Subtract,
                                parse_concatenation());
    }
    return chain.rest.empty() ? std::move(chain.first) : make(place, std::move(chain));
}

ExpressionPtr ExpressionParser::parse_concatenation() {
    const Place place = current().place;
    ExpressionPtr first = parse_product();
    if (!current().is(TokenType::Tilde)) return first;
    Concatenation concatenation;
    concatenation.parts.push_back(std::move(first));
    while (skip_if(TokenType::Tilde)) concatenation.parts.push_back(parse_product());
    return make(place, std::move(concatenation));
}

ExpressionPtr ExpressionParser::parse_product() {
    const Place place = current().place;
    BinaryChain chain{parse_power(), {}};
    while (true) {
        BinaryOperator sign{};
        if (current().is(TokenType::Multiply)) {
            sign = BinaryOperator::Multiply;
        } else if (current().is(TokenType::Divide)) {
            sign = BinaryOperator::Divide;
        } else if (current().is(TokenType::FloorDivide)) {
            sign = BinaryOperator::FloorDivide;
        } else if (current().is(TokenType::Modulo)) {
            sign = BinaryOperator::Modulo;
        } else {
            return chain.rest.empty() ? std::move(chain.first) : make(place, std::move(chain));
        }
        next();
        chain.rest.emplace_back(sign, parse_power());
    }
}

// From left to right, other than in Python.
ExpressionPtr ExpressionParser::parse_power() {
    const Place place = current().place;
    BinaryChain chain{parse_unary(true), {}};
    while (skip_if(TokenType::Power)) {
        chain.rest.emplace_back(BinaryOperator::Power, parse_unary(true));
    }
    return chain.rest.empty() ? std::move(chain.first) : make(place, std::move(chain));
}

// A sign binds closer than filters: -1|string is (-1)|string.
ExpressionPtr ExpressionParser::parse_unary(bool with_filters) {
    const Place place = current().place;
    if (current().is(TokenType::Subtract) || current().is(TokenType::Add)) {
        const Nesting nesting(*this);
        const bool negative = next().is(TokenType::Subtract);
        ExpressionPtr sign = make(place, Sign{negative, parse_unary(false)});
        return with_filters ? parse_steps(std::move(sign), true) : std::move(sign);
    }
    return parse_steps(parse_primary(), with_filters);
}

ExpressionPtr ExpressionParser::parse_primary() {
    const Token token = current();
    switch (token.type) {
        case TokenType::Name: {
            next();
            if (token.text == "true" || token.text == "True") {
                return make(token.place, Constant{Value::boolean(true)});
            }
            if (token.text == "false" || token.text == "False") {
                return make(token.place, Constant{Value::boolean(false)});
            }
            if (token.text == "none" || token.text == "None") {
                return make(token.place, Constant{Value::none()});
            }
            const Symbol name = symbol(token.text);
            note_read(name);
            return make(token.place, Name{name});
        }
        case TokenType::String: {
            std::string text;
            while (current().is(TokenType::String)) text += next().text;
            return make(token.place, Constant{Value::string(Text(std::move(text)))});
        }
        case TokenType::Integer:
            next();
            return make(token.place, Constant{Value::integer(token.integer)});
        case TokenType::Float:
            next();
            return make(token.place, Constant{Value::real(token.real)});
        case TokenType::LeftParenthesis: {
            const Nesting nesting(*this);
            next();
            ExpressionPtr inner = parse_tuple(true, {}, true);
            expect(TokenType::RightParenthesis, "')'");
            return inner;
        }
        case TokenType::LeftBracket:
            return parse_list();
        case TokenType::LeftBrace:
            return parse_mapping();
        default:
            fail("unexpected " + describe(token));
    }
}

ExpressionPtr ExpressionParser::parse_list() {
    const Place place = next().place;
    ListDisplay list;
    while (!current().is(TokenType::RightBracket)) {
        if (!list.items.empty()) expect(TokenType::Comma, "','");
        if (current().is(TokenType::RightBracket)) break;
        list.items.push_back(parse_expression());
    }
    expect(TokenType::RightBracket, "']'");
    return make(place, std::move(list));
}

ExpressionPtr ExpressionParser::parse_mapping() {
    const Place place = next().place;
    MappingDisplay mapping;
    while (!current().is(TokenType::RightBrace)) {
        if (!mapping.entries.empty()) expect(TokenType::Comma, "','");
        if (current().is(TokenType::RightBrace)) break;
        ExpressionPtr key = parse_expression();
        expect(TokenType::Colon, "':'");
        mapping.entries.emplace_back(std::move(key), parse_expression());
    }
    expect(TokenType::RightBrace, "'}'");
    return make(place, std::move(mapping));
}

bool ExpressionParser::is_tuple_end(std::string_view end) const {
    return current().is(TokenType::VariableEnd) || current().is(TokenType::BlockEnd) ||
           current().is(TokenType::RightParenthesis) || (!end.empty() && current().is_name(end));
}

ExpressionPtr ExpressionParser::parse_tuple(bool with_condition, std::string_view end,
                                            bool in_parentheses, bool simple) {
    const Place place = current().place;
    TupleDisplay tuple;
    bool is_tuple = false;
    while (true) {
        if (!tuple.items.empty()) expect(TokenType::Comma, "','");
        if (is_tuple_end(end)) break;
        tuple.items.push_back(simple ? parse_primary() : parse_expression(with_condition));
        if (!current().is(TokenType::Comma)) break;
        is_tuple = true;
    }
    if (!is_tuple) {
        if (!tuple.items.empty()) return std::move(tuple.items.front());
        if (!in_parentheses) fail("Expected an expression, got " + describe(current()));
    }
    return make(place, std::move(tuple));
}

ExpressionPtr ExpressionParser::parse_steps(ExpressionPtr base, bool with_filters) {
    const Place place = base->place;
    std::vector<Step> steps;
    bool filters = false;  // behind the first filter or test, no more access
    while (true) {
        const Place step_place = current().place;
        if (!filters && (current().is(TokenType::Dot) || current().is(TokenType::LeftBracket))) {
            steps.push_back(parse_access());
        } else if (current().is(TokenType::LeftParenthesis)) {
            steps.push_back({step_place, CallStep{parse_arguments()}});
        } else if (with_filters && current().is(TokenType::Pipe)) {
            next();
            steps.push_back(parse_filter(step_place));
            filters = true;
        } else if (with_filters && current().is_name("is")) {
            next();
            steps.push_back(parse_test(step_place));
            filters = true;
        } else {
            break;
        }
    }
    if (steps.empty()) return base;
    return make(place, Postfix{std::move(base), std::move(steps)});
}

// .name, .0, [expression], [from:to:step]
Step ExpressionParser::parse_access() {
    const Token token = next();
    if (token.is(TokenType::Dot)) {
        const Token name = next();
        if (name.is(TokenType::Name)) return {token.place, AttributeStep{name.text}};
        if (!name.is(TokenType::Integer)) fail("expected name or number", name.place);
        return {token.place, ItemStep{make(name.place, Constant{Value::integer(name.integer)})}};
    }
    const auto ends = [this] {
        return current().is(TokenType::RightBracket) || current().is(TokenType::Comma);
    };
    Step step{token.place, ItemStep{}};
    ExpressionPtr from = current().is(TokenType::Colon) ? nullptr : parse_expression();
    if (skip_if(TokenType::Colon)) {
        SliceStep slice;
        slice.from = std::move(from);
        if (!current().is(TokenType::Colon) && !ends()) slice.to = parse_expression();
        if (skip_if(TokenType::Colon) && !ends()) slice.step = parse_expression();
        step.form = std::move(slice);
    } else if (current().is(TokenType::Comma)) {
        TupleDisplay tuple;
        tuple.items.push_back(std::move(from));
        while (skip_if(TokenType::Comma)) tuple.items.push_back(parse_expression());
        step.form = ItemStep{make(token.place, std::move(tuple))};
    } else {
        step.form = ItemStep{std::move(from)};
    }
    expect(TokenType::RightBracket, "']'");
    return step;
}

std::string ExpressionParser::parse_dotted_name() {
    std::string name = expect(TokenType::Name, "'name'").text;
    while (skip_if(TokenType::Dot)) name += "." + expect(TokenType::Name, "'name'").text;
    return name;
}

Step ExpressionParser::parse_filter(Place place) {
    FilterStep step;
    step.name = parse_dotted_name();
    step.filter = find_filter(step.name);
    if (step.filter == nullptr && !branch_) {
        unknown_.emplace_back("No filter named '" + step.name + "'.", place);
    }
    if (current().is(TokenType::LeftParenthesis)) step.arguments = parse_arguments();
    return {place, std::move(step)};
}

std::vector<Step> ExpressionParser::parse_filters(bool inline_start) {
    std::vector<Step> steps;
    while (inline_start || current().is(TokenType::Pipe)) {
        const Place place = current().place;
        if (!inline_start) next();
        steps.push_back(parse_filter(place));
        inline_start = false;
    }
    return steps;
}

Step ExpressionParser::parse_test(Place place) {
    TestStep step;
    step.negated = skip_if_name("not");
    step.name = parse_dotted_name();
    step.test = find_test(step.name);
    if (step.test == nullptr && !branch_) {
        unknown_.emplace_back("No test named '" + step.name + "'.", place);
    }
    if (current().is(TokenType::LeftParenthesis)) {
        step.arguments = parse_arguments();
        return {place, std::move(step)};
    }
    const bool has_argument = current().is(TokenType::Name) || current().is(TokenType::String) ||
                              current().is(TokenType::Integer) || current().is(TokenType::Float) ||
                              current().is(TokenType::LeftBracket) ||
                              current().is(TokenType::LeftBrace);
    if (has_argument && !current().is_name("else") && !current().is_name("or") &&
        !current().is_name("and")) {
        if (current().is_name("is")) fail("You cannot chain multiple tests with is");
        step.arguments.positional.push_back(parse_steps(parse_primary(), false));
    }
    return {place, std::move(step)};
}

CallArguments ExpressionParser::parse_arguments() {
    const Nesting nesting(*this);
    expect(TokenType::LeftParenthesis, "'('");
    CallArguments arguments;
    bool needs_comma = false;
    const auto check = [this](bool fine) {
        if (!fine) fail("invalid syntax for function call expression");
    };
    while (!current().is(TokenType::RightParenthesis)) {
        if (needs_comma) {
            expect(TokenType::Comma, "','");
            if (current().is(TokenType::RightParenthesis)) break;
        }
        if (skip_if(TokenType::Multiply)) {
            check(!arguments.more_positional && !arguments.more_named);
            arguments.more_positional = parse_expression();
        } else if (skip_if(TokenType::Power)) {
            check(!arguments.more_named);
            arguments.more_named = parse_expression();
        } else if (current().is(TokenType::Name) && look().is(TokenType::Assign) &&
                   !arguments.more_named) {
            std::string name = next().text;
            next();
            arguments.named.emplace_back(std::move(name), parse_expression());
        } else {
            check(!arguments.more_positional && !arguments.more_named && arguments.named.empty());
            arguments.positional.push_back(parse_expression());
        }
        needs_comma = true;
    }
    expect(TokenType::RightParenthesis, "')'");
    return arguments;
}

}  // namespace deepwell::engine::chat_template
