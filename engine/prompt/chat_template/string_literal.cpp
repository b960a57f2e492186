#include "engine/prompt/chat_template/string_literal.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Reads `count` hexadecimal digits at `place`; false if there are fewer.
bool read_hex(std::string_view text, std::size_t& place, std::size_t count, char32_t& value) {
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int digit = place < text.size() ? hex_digit(text[place]) : -1;
        if (digit < 0) return false;
        value = value << 4 | static_cast<char32_t>(digit);
        ++place;
    }
    return value <= 0x10FFFF;
}

char simple_escape(char c) {
    switch (c) {
        case 'a':
            return '\a';
        case 'b':
            return '\b';
        case 'f':
            return '\f';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'v':
            return '\v';
        case '\\':
        case '\'':
        case '"':
            return c;
        default:
            return 0;
    }
}

// \N{NAME}; `place` stands behind the N.
bool read_character_name(std::string_view text, std::size_t& place, std::string& result) {
    if (place >= text.size() || text[place] != '{') return false;
    const std::size_t end = text.find('}', place);
    if (end == std::string_view::npos) return false;
    const std::string name(text.substr(place + 1, end - place - 1));
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = u_charFromName(U_UNICODE_CHAR_NAME, name.c_str(), &status);
    if (U_FAILURE(status)) return false;
    append_code_point(result, static_cast<char32_t>(c));
    place = end + 1;
    return true;
}

}  // namespace

std::string unescaped(std::string_view literal, std::string& error) {
    std::string result;
    std::size_t i = 0;
    while (i < literal.size()) {
        if (literal[i] != '\\' || i + 1 >= literal.size()) {
            result += literal[i++];
            continue;
        }
        const char mark = literal[i + 1];
        const std::size_t start = i;
        i += 2;
        if (const char simple = simple_escape(mark)) {
            result += simple;
        } else if (mark == '\n') {
            // A line that goes on.
        } else if (mark >= '0' && mark <= '7') {
            char32_t value = static_cast<char32_t>(mark - '0');
            for (int n = 0; n < 2 && i < literal.size() && literal[i] >= '0' && literal[i] <= '7';
                 ++n) {
                value = value * 8 + static_cast<char32_t>(literal[i++] - '0');
            }
            append_code_point(result, value);
        } else if (mark == 'x' || mark == 'u' || mark == 'U') {
            char32_t value = 0;
            if (!read_hex(literal, i, mark == 'x' ? 2 : mark == 'u' ? 4 : 8, value)) {
                error = "unfinished escape in a string";
                return {};
            }
            append_code_point(result, value);
        } else if (mark == 'N') {
            if (!read_character_name(literal, i, result)) {
                error = "unknown character name in a string";
                return {};
            }
        } else if (static_cast<unsigned char>(mark) >= 0x80) {
            // Python escapes what is not ASCII first, so the backslash meets another one.
            const std::size_t length = code_point_length(literal, start + 1);
            const auto c = static_cast<std::uint32_t>(code_point_at(literal, start + 1));
            result += c < 0x100     ? fmt::format("\\x{:02x}", c)
                      : c < 0x10000 ? fmt::format("\\u{:04x}", c)
                                    : fmt::format("\\U{:08x}", c);
            i = start + 1 + length;
        } else {
            result += '\\';
            result += mark;
        }
    }
    return result;
}

}  // namespace deepwell::engine::chat_template
