// Byte-pair encoding inside one piece of text: of all neighbours that may be merged, those of the
// lowest rank are joined first, on a tie the leftmost, until none is left.
//
// Short pieces rescan their few symbols, long ones keep a heap of candidates with lazy deletion
// (O(n log n)). Results of short pieces are kept in a bounded cache, since most pieces of a chat
// repeat. Any number of threads.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/token_id.h"
#include "engine/gguf/metadata.h"
#include "engine/tokenizer/vocabulary.h"

namespace deepwell::engine {

// Which neighbours merge, at which rank and into what.
class Merges {
public:
    struct Merge {
        std::uint32_t rank = kNoRank;
        TokenId joined = -1;
    };
    static constexpr std::uint32_t kNoRank = std::numeric_limits<std::uint32_t>::max();

    // From tokenizer.ggml.merges: the rank is the line.
    // Errors: FileDamaged (no list of texts, a line without a space, parts or joined text that are
    // no tokens).
    static Result<Merges> from_lines(const Value& lines, const Vocabulary& vocabulary);

    // For vocabularies that come with ranks only: two neighbours merge where their joined text is a
    // token, and its id is the rank.
    static Merges from_ids();

    // Two neighbours; `joined` is the text of both.
    Merge find(TokenId left, TokenId right, std::string_view joined,
               const Vocabulary& vocabulary) const;

private:
    struct Entry {
        TokenId left = -1;
        TokenId right = -1;
        Merge merge;
    };
    std::size_t slot_of(TokenId left, TokenId right) const;
    Result<void> add_line(std::string_view line, std::uint32_t rank, const Vocabulary& vocabulary);

    bool ranks_are_ids_ = false;
    std::vector<Entry> slots_;  // open addressing, at most half full
};

class Bpe {
public:
    // `vocabulary` must outlive this object. `unknown` stands for a byte that has no token (-1:
    // such bytes give nothing).
    Bpe(const Vocabulary& vocabulary, Merges merges, TokenId unknown, bool ignore_merges);
    ~Bpe();

    // Appends the ids of a piece.
    void encode(std::string_view piece, std::vector<TokenId>& ids) const;

private:
    // A run of bytes that has become one token, or a byte without a token (id -1).
    struct Symbol {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        TokenId id = -1;
    };

    Merges::Merge merge_of(std::string_view piece, const Symbol& left, const Symbol& right) const;
    std::vector<Symbol> letters(std::string_view piece) const;
    void merge_short(std::string_view piece, std::vector<Symbol>& symbols) const;
    void merge_long(std::string_view piece, std::vector<Symbol>& symbols) const;
    void merge(std::string_view piece, std::vector<TokenId>& ids) const;

    class Cache;
    const Vocabulary& vocabulary_;
    Merges merges_;
    TokenId unknown_;
    bool ignore_merges_;
    std::array<TokenId, 256> byte_ids_{};
    std::unique_ptr<Cache> cache_;
};

}  // namespace deepwell::engine
