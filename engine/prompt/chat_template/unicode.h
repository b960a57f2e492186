// Code points, and what Python says of them (str.isspace, str.isprintable, upper, lower, title).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/prompt/chat_template/text.h"

namespace deepwell::engine::chat_template {

// Bytes of the code point that starts here; 1 for a stray byte.
std::size_t code_point_length(std::string_view text, std::size_t place);
char32_t code_point_at(std::string_view text, std::size_t place);
std::size_t code_point_count(std::string_view text);
// Byte offset of the n-th code point; size() if there are fewer.
std::size_t code_point_offset(std::string_view text, std::size_t n);
void append_code_point(std::string& text, char32_t code_point);  // surrogates too
// Replaces what is not UTF-8 (surrogates above all) by U+FFFD of the same length in bytes or less.
bool is_valid_utf8(std::string_view text);

bool is_space(char32_t c);
bool is_printable(char32_t c);

// Lengths of the white space at both ends, in bytes.
std::size_t leading_space(std::string_view text);
std::size_t trailing_space(std::string_view text);

// Every other letter as \xHH, \uHHHH or \UHHHHHHHH.
Text ascii_only(const Text& text);

enum class Case { Upper, Lower, Folded };
Text with_case(const Text& text, Case wanted);
Text capitalized(const Text& text);  // first letter upper, the rest lower
Text title_cased(const Text& text);  // a letter behind anything that has no case is upper

}  // namespace deepwell::engine::chat_template
