// Cuts a text into the pieces inside which tokens are merged. One style a model family; the rules
// are the regular expressions of the families' tokenizers, written by hand as linear scanners
// (std::regex and backtracking engines fail on long runs).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/tokenizer/characters.h"

namespace deepwell::engine {

enum class PreTokenizerStyle {
    qwen2,
    llama_bpe,
    gpt2,
    deepseek_v3,
    deepseek_coder,
    deepseek_llm,
    kimi_k2,
    qwen35,
};

// What follows from tokenizer.ggml.pre.
struct PreTokenizer {
    std::string_view name;
    PreTokenizerStyle style;
    bool normalize_nfc = false;    // before cutting
    bool ignore_merges = false;    // a piece that is a token is that token, whatever the merges say
    bool add_bos_default = false;  // where the file does not say
    bool ranks_are_ids = false;    // a file without merges: the rank of a merge is the joined id
};

// By name or alias.
std::optional<PreTokenizer> find_pre_tokenizer(std::string_view name);

// Where each piece ends, as an index of a character; the last is text.size(). Nothing is dropped.
// Linear in the length of the text.
using PieceEnds = std::vector<std::size_t>;
PieceEnds cut_into_pieces(PreTokenizerStyle style, const Characters& text);

}  // namespace deepwell::engine
