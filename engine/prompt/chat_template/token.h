// The pieces that the lexer cuts a template into.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// Where something stands in the template: 1-based, columns in characters.
struct Place {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

enum class TokenType {
    Data,
    BlockBegin,
    BlockEnd,
    VariableBegin,
    VariableEnd,
    Name,
    String,
    Integer,
    Float,
    // Operators, each by its sign.
    Add,
    Subtract,
    Divide,
    FloorDivide,
    Multiply,
    Modulo,
    Power,
    Tilde,
    LeftBracket,
    RightBracket,
    LeftParenthesis,
    RightParenthesis,
    LeftBrace,
    RightBrace,
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Assign,
    Dot,
    Colon,
    Pipe,
    Comma,
    Semicolon,
    End,
};

struct Token {
    TokenType type = TokenType::End;
    std::string text;  // of data, names, strings (unescaped)
    Integer integer = 0;
    double real = 0;
    Place place;

    bool is(TokenType wanted) const { return type == wanted; }
    bool is_name(std::string_view name) const { return type == TokenType::Name && text == name; }
};

// As people read it: "end of print statement", "'+'", the name itself.
std::string describe(const Token& token);

}  // namespace deepwell::engine::chat_template
