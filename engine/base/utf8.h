// UTF-8, strictly: what is well-formed is Table 3-7 of the Unicode standard, and ill-formed bytes
// are parted into maximal subparts (the practice of Unicode and WHATWG: a cut character is one
// fault, a stray byte is one fault).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace deepwell::engine {

// What stands at the front of some bytes.
struct Utf8Unit {
    char32_t code_point = 0;  // U+FFFD unless `state` is complete
    std::size_t length = 0;   // bytes of the character, or of the maximal ill-formed subpart
    enum class State {
        complete,    // a character
        ill_formed,  // not a character, whatever follows
        incomplete,  // the text ends inside a so far valid character
    } state = State::complete;
};

// text must not be empty.
Utf8Unit read_utf8(std::string_view text);

bool is_valid_utf8(std::string_view text);

// Every maximal ill-formed subpart becomes one U+FFFD.
std::string repair_utf8(std::string_view text);

void append_utf8(std::string& text, char32_t code_point);

// Bytes of a code point's UTF-8 (1 … 4).
constexpr std::size_t utf8_length(char32_t code_point) {
    return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

}  // namespace deepwell::engine
