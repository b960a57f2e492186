#include "engine/tokenizer/byte_alphabet.h"

#include <array>

#include "engine/base/utf8.h"

namespace deepwell::engine {
namespace {

constexpr char32_t kFirstMoved = 0x100;
constexpr std::size_t kLetters = 0x144;
constexpr std::int16_t kNoByte = -1;

constexpr bool stands_for_itself(std::size_t byte) {
    return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
}

struct Alphabet {
    std::array<char32_t, 256> letters{};
    std::array<std::int16_t, kLetters> bytes{};

    constexpr Alphabet() {
        for (std::int16_t& byte : bytes) byte = kNoByte;
        char32_t moved = kFirstMoved;
        for (std::size_t byte = 0; byte < letters.size(); ++byte) {
            letters[byte] = stands_for_itself(byte) ? static_cast<char32_t>(byte) : moved++;
            bytes[letters[byte]] = static_cast<std::int16_t>(byte);
        }
    }
};

constexpr Alphabet kAlphabet;

}  // namespace

char32_t byte_letter(std::uint8_t byte) {
    return kAlphabet.letters[byte];
}

std::optional<std::string> bytes_of_letters(std::string_view letters) {
    std::string bytes;
    bytes.reserve(letters.size());
    while (!letters.empty()) {
        const Utf8Unit unit = read_utf8(letters);
        if (unit.code_point >= kLetters || kAlphabet.bytes[unit.code_point] == kNoByte) {
            return std::nullopt;
        }
        bytes += static_cast<char>(kAlphabet.bytes[unit.code_point]);
        letters.remove_prefix(unit.length);
    }
    return bytes;
}

}  // namespace deepwell::engine
