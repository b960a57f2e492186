// One scanner a pre-tokenizer style, and what they share. The comment of each has the regular
// expression that it stands for. All are linear: no character is looked at more than a fixed number
// of times, whatever the runs.
#pragma once

#include <cstddef>

#include "engine/tokenizer/characters.h"
#include "engine/tokenizer/pre_tokenizer.h"

namespace deepwell::engine {

PieceEnds scan_qwen2(const Characters& text);
PieceEnds scan_llama_bpe(const Characters& text);
PieceEnds scan_qwen35(const Characters& text);
PieceEnds scan_gpt2(const Characters& text);
PieceEnds scan_deepseek_v3(const Characters& text);
PieceEnds scan_deepseek_coder(const Characters& text);
PieceEnds scan_deepseek_llm(const Characters& text);
PieceEnds scan_kimi_k2(const Characters& text);

// \s*[\r\n]+|\s+(?!\S)|\s+ at a white-space character: the end of the piece. Up to the last line
// end of the run; else the run without its last character, which leads what follows; else, at the
// end of the text or where the run is one character, all of it.
std::size_t scan_white_space(const Characters& text, std::size_t at, std::size_t end);

//  ?[run of characters without the bits `not_other`][\r\n]* : the end, or `at` where it does not
// begin here. A single U+0020 may lead.
std::size_t scan_other(const Characters& text, std::size_t at, std::size_t end,
                       std::uint8_t not_other);

// (?i:'s|'t|'re|'ve|'m|'ll|'d) : the end, or `at`. U+017F is a long s.
std::size_t scan_contraction(const Characters& text, std::size_t at, std::size_t end);

// The end of at most `most` characters that have one of the bits.
std::size_t scan_group(const Characters& text, std::size_t at, std::size_t end, std::uint8_t bits,
                       std::size_t most);

// One more step over pieces that are there already: each is cut into the matches in it and the
// stretches between them. `match(at, end)` gives the end of a match that begins at `at`, or `at`.
template <class Match>
PieceEnds refine(const PieceEnds& pieces, Match match) {
    PieceEnds refined;
    refined.reserve(pieces.size());
    std::size_t begin = 0;  // of what is not yet in a piece
    for (const std::size_t end : pieces) {
        for (std::size_t at = begin; at < end;) {
            const std::size_t matched = match(at, end);
            if (matched == at) {
                ++at;
                continue;
            }
            if (begin < at) refined.push_back(at);
            refined.push_back(matched);
            at = begin = matched;
        }
        if (begin < end) refined.push_back(end);
        begin = end;
    }
    return refined;
}

// A style that is one regular expression: `match` always moves on.
template <class Match>
PieceEnds scan_all(const Characters& text, Match match) {
    PieceEnds ends;
    for (std::size_t at = 0; at < text.size();) {
        at = match(at, text.size());
        ends.push_back(at);
    }
    return ends;
}

}  // namespace deepwell::engine
