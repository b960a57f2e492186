// A text as code points, each with what the pre-tokenizers ask about it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace deepwell::engine {

// Unicode general category groups and white space, as bits.
namespace char_class {
constexpr std::uint8_t kLetter = 1;       // L
constexpr std::uint8_t kNumber = 2;       // N
constexpr std::uint8_t kPunctuation = 4;  // P
constexpr std::uint8_t kSymbol = 8;       // S
constexpr std::uint8_t kMark = 16;        // M
constexpr std::uint8_t kSpace = 32;       // White_Space
constexpr std::uint8_t kNewline = 64;     // CR and LF, which are kSpace too
}  // namespace char_class

// The bits of a code point.
std::uint8_t classify(char32_t code_point);

struct Characters {
    std::vector<char32_t> code_points;
    std::vector<std::uint8_t> classes;

    std::size_t size() const { return code_points.size(); }

    // Whether there is a character at `at` (before `end`) that has one of the bits.
    bool is(std::size_t at, std::size_t end, std::uint8_t bits) const {
        return at < end && (classes[at] & bits) != 0;
    }

    // Whether there is one that has none of the bits.
    bool is_not(std::size_t at, std::size_t end, std::uint8_t bits) const {
        return at < end && (classes[at] & bits) == 0;
    }

    // Whether there is exactly this character.
    bool is_char(std::size_t at, std::size_t end, char32_t code_point) const {
        return at < end && code_points[at] == code_point;
    }

    // The end of the run of characters from `at` on that have one of the bits.
    std::size_t run(std::size_t at, std::size_t end, std::uint8_t bits) const {
        while (is(at, end, bits)) ++at;
        return at;
    }

    // The end of the run of characters from `at` on that have none of the bits.
    std::size_t run_not(std::size_t at, std::size_t end, std::uint8_t bits) const {
        while (is_not(at, end, bits)) ++at;
        return at;
    }
};

// The characters of a text; ill-formed parts come as U+FFFD, one a maximal subpart.
Characters read_characters(std::string_view text);

}  // namespace deepwell::engine
