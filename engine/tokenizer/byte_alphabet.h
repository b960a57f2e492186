// The 256 letters in which byte-level BPE vocabularies write bytes: printable Latin-1 letters stand
// for themselves, the other 68 bytes are U+0100 … U+0143 in ascending order (facts of GPT-2's
// tokenizer).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace deepwell::engine {

// The letter of a byte.
char32_t byte_letter(std::uint8_t byte);

// The bytes that a text in the alphabet stands for; nothing if it has another letter.
std::optional<std::string> bytes_of_letters(std::string_view letters);

}  // namespace deepwell::engine
