#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using namespace char_class;

bool is_ascii_letter(const Characters& text, std::size_t at, std::size_t end) {
    if (at >= end) return false;
    const char32_t c = text.code_points[at] | 0x20;
    return c >= U'a' && c <= U'z';
}

// The 32 marks of ASCII, some of which Unicode counts as symbols.
bool is_ascii_mark(const Characters& text, std::size_t at, std::size_t end) {
    return at < end && text.code_points[at] < 0x80 && text.is(at, end, kPunctuation | kSymbol);
}

// [一-龥぀-ゟ゠-ヿ]
bool is_cjk(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FA5) || (c >= 0x3040 && c <= 0x30FF);
}

// [!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*
// |\s*[\r\n]+|\s+(?!\S)|\s+
// `at` where none begins here: a control or unassigned character.
std::size_t match_word(const Characters& text, std::size_t at, std::size_t end) {
    if (is_ascii_mark(text, at, end) && is_ascii_letter(text, at + 1, end)) {
        at += 2;
        while (is_ascii_letter(text, at, end)) ++at;
        return at;
    }
    constexpr std::uint8_t kWord = kLetter | kMark;
    constexpr std::uint8_t kSign = kPunctuation | kSymbol;
    const bool may_lead = text.is_not(at, end, kNewline | kLetter | kSign);
    const std::size_t word = may_lead && text.is(at + 1, end, kWord) ? at + 1 : at;
    if (text.is(word, end, kWord)) return text.run(word, end, kWord);
    const std::size_t sign = text.is_char(at, end, U' ') ? at + 1 : at;
    if (text.is(sign, end, kSign)) {
        return text.run(text.run(sign, end, kSign), end, kNewline);
    }
    return text.is(at, end, kSpace) ? scan_white_space(text, at, end) : at;
}

}  // namespace

// Three steps, each inside the pieces of the one before: \p{N}{1,3}, runs of CJK, words.
PieceEnds scan_deepseek_v3(const Characters& text) {
    PieceEnds pieces = refine({text.size()}, [&](std::size_t at, std::size_t end) {
        return scan_group(text, at, end, kNumber, 3);
    });
    pieces = refine(pieces, [&](std::size_t at, std::size_t end) {
        while (at < end && is_cjk(text.code_points[at])) ++at;
        return at;
    });
    // A digit is neither a word nor a sign nor white space, so the groups of the first step stay.
    return refine(pieces, [&](std::size_t at, std::size_t end) {
        return text.is(at, end, kNumber) ? at : match_word(text, at, end);
    });
}

}  // namespace deepwell::engine
