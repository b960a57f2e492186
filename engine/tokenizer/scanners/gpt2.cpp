#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using namespace char_class;

// 's|'t|'re|'ve|'m|'ll|'d, small letters only: the end, or `at`.
std::size_t scan_small_contraction(const Characters& text, std::size_t at, std::size_t end) {
    const std::size_t matched = scan_contraction(text, at, end);
    for (std::size_t i = at + 1; i < matched; ++i) {
        if (text.code_points[i] < U'a' || text.code_points[i] > U'z') return at;
    }
    return matched;
}

// 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::size_t next_piece(const Characters& text, std::size_t at, std::size_t end) {
    if (const std::size_t matched = scan_small_contraction(text, at, end); matched != at) {
        return matched;
    }
    const std::size_t first = text.is_char(at, end, U' ') ? at + 1 : at;
    if (text.is(first, end, kLetter)) return text.run(first, end, kLetter);
    if (text.is(first, end, kNumber)) return text.run(first, end, kNumber);
    constexpr std::uint8_t kNotOther = kSpace | kLetter | kNumber;
    if (text.is_not(first, end, kNotOther)) return text.run_not(first, end, kNotOther);
    // Line ends are ordinary white space here.
    const std::size_t run = text.run(at, end, kSpace);
    return run == end || run == at + 1 ? run : run - 1;
}

}  // namespace

PieceEnds scan_gpt2(const Characters& text) {
    return scan_all(text,
                    [&](std::size_t at, std::size_t end) { return next_piece(text, at, end); });
}

}  // namespace deepwell::engine
