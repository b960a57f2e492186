// What follows a value: attributes, items, slices, calls, filters, tests.
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/parser.h"

namespace deepwell::engine::chat_template {

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
