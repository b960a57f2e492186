// What the parts of the expression parser share, and the innermost expressions.
#include <algorithm>

#include "engine/prompt/chat_template/parser.h"

namespace deepwell::engine::chat_template {

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

}  // namespace deepwell::engine::chat_template
