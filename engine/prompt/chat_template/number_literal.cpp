#include "engine/prompt/chat_template/number_literal.h"

#include <cstdlib>

namespace deepwell::engine::chat_template {

namespace {

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

// Length of digits with single underscores between them.
std::size_t digits(std::string_view text, std::size_t from, int base) {
    const auto fits = [base](char c) {
        if (base == 16) return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        return c >= '0' && c < '0' + base;
    };
    std::size_t end = from;
    while (end < text.size()) {
        const std::size_t next = text[end] == '_' ? end + 1 : end;
        if (next >= text.size() || !fits(text[next])) break;
        if (text[end] == '_' && end == from && base == 10) break;
        end = next + 1;
    }
    return end - from;
}

// Where the fraction and the exponent end; `end` of the whole part if there are none.
std::size_t float_end(std::string_view text, std::size_t end) {
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        end += 1 + digits(text, end + 1, 10);
    }
    if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
        std::size_t exponent = end + 1;
        if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
        if (exponent < text.size() && is_digit(text[exponent])) {
            end = exponent + digits(text, exponent, 10);
        }
    }
    return end;
}

NumberLiteral integer_at(std::string_view text, std::size_t place, std::size_t length) {
    NumberLiteral number;
    int base = 10;
    std::size_t begin = place;
    if (text[place] == '0' && place + 1 < text.size()) {
        const char mark = static_cast<char>(text[place + 1] | 0x20);
        const int marked = mark == 'x' ? 16 : mark == 'b' ? 2 : mark == 'o' ? 8 : 0;
        const std::size_t found = marked > 0 ? digits(text, place + 2, marked) : 0;
        if (found > 0) {
            base = marked;
            begin = place + 2;
            length = found;
        } else {
            length = 1;  // "007" is three numbers, as in Python
            while (begin + length < text.size() && text[begin + length] == '0') ++length;
        }
    }
    for (const char c : text.substr(begin, length)) {
        if (c == '_') continue;
        const int digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        if (__builtin_mul_overflow(number.integer, static_cast<Integer>(base), &number.integer) ||
            __builtin_add_overflow(number.integer, static_cast<Integer>(digit), &number.integer)) {
            number.error = "The number is too large";
            break;
        }
    }
    number.length = begin - place + length;
    return number;
}

}  // namespace

NumberLiteral number_at(std::string_view text, std::size_t place) {
    const std::size_t whole = digits(text, place, 10);
    const bool behind_dot = place > 0 && text[place - 1] == '.';
    const std::size_t end = behind_dot ? place + whole : float_end(text, place + whole);
    if (end == place + whole) return integer_at(text, place, whole);
    NumberLiteral number;
    number.is_float = true;
    number.length = end - place;
    std::string plain;
    for (const char c : text.substr(place, number.length)) {
        if (c != '_') plain += c;
    }
    number.real = std::strtod(plain.c_str(), nullptr);
    return number;
}

}  // namespace deepwell::engine::chat_template
