#include "engine/prompt/chat_template/builtins/number_text.h"

#include <cstdlib>
#include <limits>
#include <string>

#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

std::string_view without_space(std::string_view text) {
    text.remove_prefix(leading_space(text));
    text.remove_suffix(trailing_space(text));
    return text;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'z') return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
    return 99;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<Integer> parse_integer(std::string_view text, int base) {
    text = without_space(text);
    bool negative = false;
    if (text.starts_with('-') || text.starts_with('+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text.size() > 2 && text[0] == '0') {
        const char mark = static_cast<char>(text[1] | 0x20);
        const int marked = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
        if (marked > 0 && (base == 0 || base == marked)) {
            base = marked;
            text.remove_prefix(2);
            if (text.starts_with('_')) text.remove_prefix(1);
        }
    }
    if (base == 0) base = 10;
    if (base < 2 || base > 36 || text.empty()) return std::nullopt;
    Integer value = 0;
    bool after_digit = false;
    for (const char c : text) {
        if (c == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        const int digit = digit_of(c);
        if (digit >= base) return std::nullopt;
        if (__builtin_mul_overflow(value, static_cast<Integer>(base), &value) ||
            __builtin_add_overflow(value, static_cast<Integer>(digit), &value)) {
            return std::nullopt;
        }
        after_digit = true;
    }
    if (!after_digit) return std::nullopt;
    return negative ? -value : value;
}

std::optional<double> parse_float(std::string_view text) {
    text = without_space(text);
    std::string plain;
    std::string lower;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '_') {
            const bool between =
                i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
            if (!between) return std::nullopt;
            continue;
        }
        plain += c;
        lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    const bool has_sign = lower.starts_with('-') || lower.starts_with('+');
    const double sign = lower.starts_with('-') ? -1 : 1;
    const std::string word = lower.substr(has_sign ? 1 : 0);
    if (word == "inf" || word == "infinity") {
        return sign * std::numeric_limits<double>::infinity();
    }
    if (word == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (word.find_first_not_of("0123456789.e+-") != std::string::npos || word.empty()) {
        return std::nullopt;
    }
    char* end = nullptr;
    const double value = std::strtod(plain.c_str(), &end);
    if (end != plain.c_str() + plain.size()) return std::nullopt;
    return value;
}

}  // namespace deepwell::engine::chat_template
