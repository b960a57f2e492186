// The styles of Qwen and Llama 3, which differ in digits and in whether marks belong to letters.
#include "engine/tokenizer/scanners/scanners.h"

namespace deepwell::engine {
namespace {

using namespace char_class;

// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?WORD+|\p{N}{1,digits}| ?[^\s WORD \p{N}]+[\r\n]*
// |\s*[\r\n]+|\s+(?!\S)|\s+          WORD: the classes of `word`, always with \p{L}.
std::size_t next_piece(const Characters& text, std::size_t at, std::size_t end, std::uint8_t word,
                       std::size_t digits) {
    if (const std::size_t contraction = scan_contraction(text, at, end); contraction != at) {
        return contraction;
    }
    const bool may_lead = text.is_not(at, end, kNewline | kLetter | kNumber);
    const std::size_t first = may_lead && text.is(at + 1, end, word) ? at + 1 : at;
    if (text.is(first, end, word)) return text.run(first, end, word);
    if (text.is(at, end, kNumber)) return scan_group(text, at, end, kNumber, digits);
    if (const std::size_t other = scan_other(text, at, end, kSpace | kNumber | word); other != at) {
        return other;
    }
    return scan_white_space(text, at, end);
}

}  // namespace

PieceEnds scan_qwen2(const Characters& text) {
    return scan_all(text, [&](std::size_t at, std::size_t end) {
        return next_piece(text, at, end, kLetter, 1);
    });
}

PieceEnds scan_llama_bpe(const Characters& text) {
    return scan_all(text, [&](std::size_t at, std::size_t end) {
        return next_piece(text, at, end, kLetter, 3);
    });
}

PieceEnds scan_qwen35(const Characters& text) {
    return scan_all(text, [&](std::size_t at, std::size_t end) {
        return next_piece(text, at, end, kLetter | kMark, 1);
    });
}

}  // namespace deepwell::engine
