#include "engine/tokenizer/bpe.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <queue>
#include <string>

namespace deepwell::engine {
namespace {

// Up to here rescanning beats a heap (measured on prose).
constexpr std::size_t kShortPiece = 32;

}  // namespace

// Piece → ids, one slot a hash value; a newer piece takes the slot. Bounded: kSlots pieces of at
// most kShortPiece bytes.
class Bpe::Cache {
public:
    bool find(std::string_view piece, std::size_t hash, std::vector<TokenId>& ids) {
        const std::lock_guard lock(mutex_);
        const Slot& slot = slots_[hash % kSlots];
        if (slot.piece != piece) return false;
        ids.insert(ids.end(), slot.ids.begin(), slot.ids.end());
        return true;
    }

    void keep(std::string_view piece, std::size_t hash, const TokenId* ids, std::size_t count) {
        const std::lock_guard lock(mutex_);
        Slot& slot = slots_[hash % kSlots];
        slot.piece.assign(piece);
        slot.ids.assign(ids, ids + count);
    }

private:
    static constexpr std::size_t kSlots = 8192;
    struct Slot {
        std::string piece;  // empty: free, since no piece is empty
        std::vector<TokenId> ids;
    };
    std::mutex mutex_;
    std::vector<Slot> slots_{kSlots};
};

Bpe::Bpe(const Vocabulary& vocabulary, Merges merges, TokenId unknown, bool ignore_merges)
    : vocabulary_(vocabulary),
      merges_(std::move(merges)),
      unknown_(unknown),
      ignore_merges_(ignore_merges),
      cache_(std::make_unique<Cache>()) {
    for (std::size_t byte = 0; byte < byte_ids_.size(); ++byte) {
        const char letter = static_cast<char>(byte);
        byte_ids_[byte] = vocabulary.find_normal(std::string_view(&letter, 1)).value_or(-1);
    }
}

Bpe::~Bpe() = default;

void Bpe::encode(std::string_view piece, std::vector<TokenId>& ids) const {
    if (piece.empty()) return;
    if (ignore_merges_ && piece.size() <= vocabulary_.longest_normal()) {
        if (const auto id = vocabulary_.find_normal(piece)) {
            ids.push_back(*id);
            return;
        }
    }
    if (piece.size() == 1 || piece.size() > kShortPiece) {
        merge(piece, ids);
        return;
    }
    const std::size_t hash = std::hash<std::string_view>()(piece);
    if (cache_->find(piece, hash, ids)) return;
    const std::size_t before = ids.size();
    merge(piece, ids);
    cache_->keep(piece, hash, ids.data() + before, ids.size() - before);
}

Merges::Merge Bpe::merge_of(std::string_view piece, const Symbol& left, const Symbol& right) const {
    if (left.id < 0 || right.id < 0) return {};
    return merges_.find(left.id, right.id, piece.substr(left.begin, right.end - left.begin),
                        vocabulary_);
}

std::vector<Bpe::Symbol> Bpe::letters(std::string_view piece) const {
    std::vector<Symbol> symbols(piece.size());
    for (std::uint32_t i = 0; i < symbols.size(); ++i) {
        symbols[i] = {i, i + 1, byte_ids_[static_cast<std::uint8_t>(piece[i])]};
    }
    return symbols;
}

void Bpe::merge(std::string_view piece, std::vector<TokenId>& ids) const {
    std::vector<Symbol> symbols = letters(piece);
    if (piece.size() <= kShortPiece) {
        merge_short(piece, symbols);
    } else {
        merge_long(piece, symbols);
    }
    for (const Symbol& symbol : symbols) {
        if (symbol.begin == symbol.end) continue;  // joined with the one before
        const TokenId id = symbol.id < 0 ? unknown_ : symbol.id;
        if (id >= 0) ids.push_back(id);
    }
}

void Bpe::merge_short(std::string_view piece, std::vector<Symbol>& symbols) const {
    std::vector<Merges::Merge> merges;  // of each symbol with the next
    for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
        merges.push_back(merge_of(piece, symbols[i], symbols[i + 1]));
    }
    while (!merges.empty()) {
        const auto best = std::min_element(
            merges.begin(), merges.end(),
            [](const Merges::Merge& a, const Merges::Merge& b) { return a.rank < b.rank; });
        if (best->rank == Merges::kNoRank) return;
        const auto i = static_cast<std::size_t>(best - merges.begin());
        symbols[i].end = symbols[i + 1].end;
        symbols[i].id = best->joined;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        merges.erase(best);
        if (i > 0) merges[i - 1] = merge_of(piece, symbols[i - 1], symbols[i]);
        if (i < merges.size()) merges[i] = merge_of(piece, symbols[i], symbols[i + 1]);
    }
}

void Bpe::merge_long(std::string_view piece, std::vector<Symbol>& symbols) const {
    // The symbol that begins at byte i is symbols[i]; one that was joined away has begin == end.
    // The next symbol begins where a symbol ends, the one before is kept in a list.
    const std::size_t size = symbols.size();
    std::vector<std::uint32_t> before(size);
    // A candidate is its rank and the first byte of its left symbol, so the smallest number is the
    // next to be joined. Whether it is still what it was is found by looking it up again: cheaper
    // than carrying it through the heap.
    const auto merge_at = [&](std::uint32_t left) -> Merges::Merge {
        const Symbol& symbol = symbols[left];
        if (symbol.begin == symbol.end || symbol.end == size) return {};
        return merge_of(piece, symbol, symbols[symbol.end]);
    };
    const auto candidate = [&](std::uint32_t left) {
        return (std::uint64_t{merge_at(left).rank} << 32) | left;
    };
    constexpr std::uint64_t kNone = std::uint64_t{Merges::kNoRank} << 32;
    std::vector<std::uint64_t> first;
    first.reserve(size);
    for (std::uint32_t i = 0; i < size; ++i) {
        before[i] = i == 0 ? 0 : i - 1;
        if (const std::uint64_t found = candidate(i); found < kNone) first.push_back(found);
    }
    std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> queue(
        std::greater<>(), std::move(first));
    const auto offer = [&](std::uint32_t left) {
        if (const std::uint64_t found = candidate(left); found < kNone) queue.push(found);
    };
    while (!queue.empty()) {
        const auto rank = static_cast<std::uint32_t>(queue.top() >> 32);
        const auto at = static_cast<std::uint32_t>(queue.top());
        queue.pop();
        const Merges::Merge merge = merge_at(at);
        if (merge.rank != rank) continue;
        Symbol& left = symbols[at];
        Symbol& right = symbols[left.end];
        left.end = right.end;
        left.id = merge.joined;
        right.end = right.begin;
        if (left.end < size) before[left.end] = at;
        if (at > 0) offer(before[at]);
        offer(at);
    }
}

}  // namespace deepwell::engine
