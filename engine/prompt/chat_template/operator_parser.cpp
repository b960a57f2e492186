// Operators, from the loosest to the closest.
#include "engine/prompt/chat_template/parser.h"

namespace deepwell::engine::chat_template {

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

}  // namespace deepwell::engine::chat_template
