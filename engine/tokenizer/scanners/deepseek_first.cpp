// The styles of DeepSeek's first models, Coder and LLM: six steps, each inside the pieces of the
// one before. Steps keep offsets only, so text of many short lines stays cheap.
#include <algorithm>
#include <array>

#include "engine/tokenizer/scanners/deepseek_llm_letters.h"
#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using namespace char_class;

// [一-龥ࠀ-一가-퟿]: much more than CJK, the classes overlap in U+4E00.
bool is_wide(char32_t c) {
    return (c >= 0x0800 && c <= 0x9FA5) || (c >= 0xAC00 && c <= 0xD7FF);
}

// [!-/:-~！-／：-～‘-‟　-。]: a list of ranges, and so with ASCII letters in it.
bool is_llm_sign(char32_t c) {
    return (c >= U'!' && c <= U'/') || (c >= U':' && c <= U'~') || (c >= 0xFF01 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF5E) || (c >= 0x2018 && c <= 0x201F) ||
           (c >= 0x3000 && c <= 0x3002);
}

bool is_llm_letter(char32_t c) {
    const auto at = std::upper_bound(
        kDeepseekLlmLetters.begin(), kDeepseekLlmLetters.end(), c,
        [](char32_t value, const LetterRange& range) { return value < range.first; });
    return at != kDeepseekLlmLetters.begin() && c <= std::prev(at)->last;
}

// One character at a time.
PieceEnds split_single(const Characters& text, const PieceEnds& pieces, std::uint8_t bits) {
    return refine(pieces, [&](std::size_t at, std::size_t end) {
        return text.is(at, end, bits) ? at + 1 : at;
    });
}

// \s?X+ where `is_member(code point, class bits)` tells what X is. A white-space character that is
// a member too leads only where another member follows, and else is the run itself: the same piece.
template <class IsMember>
PieceEnds split_led_runs(const Characters& text, const PieceEnds& pieces, IsMember is_member) {
    return refine(pieces, [&](std::size_t at, std::size_t end) {
        const auto member = [&](std::size_t i) {
            return i < end && is_member(text.code_points[i], text.classes[i]);
        };
        std::size_t i = text.is(at, end, kSpace) && member(at + 1) ? at + 1 : at;
        if (!member(i)) return at;
        while (member(i)) ++i;
        return i;
    });
}

PieceEnds split_wide(const Characters& text, const PieceEnds& pieces) {
    return refine(pieces, [&](std::size_t at, std::size_t end) {
        while (at < end && is_wide(text.code_points[at])) ++at;
        return at;
    });
}

// \s+$ : the white space at the end of a piece.
PieceEnds split_trailing_space(const Characters& text, const PieceEnds& pieces) {
    PieceEnds cut;
    cut.reserve(pieces.size());
    std::size_t begin = 0;
    for (const std::size_t end : pieces) {
        std::size_t space = end;
        while (space > begin && text.is(space - 1, end, kSpace)) --space;
        if (space > begin && space < end) cut.push_back(space);
        cut.push_back(end);
        begin = end;
    }
    return cut;
}

}  // namespace

// [\r\n] · \s?\p{L}+ · \s?\p{P}+ · wide+ · \p{N}
PieceEnds scan_deepseek_coder(const Characters& text) {
    PieceEnds pieces = split_single(text, {text.size()}, kNewline);
    pieces = split_led_runs(text, pieces,
                            [](char32_t, std::uint8_t bits) { return (bits & kLetter) != 0; });
    pieces = split_led_runs(text, pieces,
                            [](char32_t, std::uint8_t bits) { return (bits & kPunctuation) != 0; });
    pieces = split_wide(text, pieces);
    return split_single(text, pieces, kNumber);
}

// [\r\n] · \s?letters+ · \s?signs+ · \s+$ · wide+ · \p{N}
PieceEnds scan_deepseek_llm(const Characters& text) {
    PieceEnds pieces = split_single(text, {text.size()}, kNewline);
    pieces =
        split_led_runs(text, pieces, [](char32_t c, std::uint8_t) { return is_llm_letter(c); });
    pieces = split_led_runs(text, pieces, [](char32_t c, std::uint8_t) { return is_llm_sign(c); });
    pieces = split_trailing_space(text, pieces);
    pieces = split_wide(text, pieces);
    return split_single(text, pieces, kNumber);
}

}  // namespace deepwell::engine
