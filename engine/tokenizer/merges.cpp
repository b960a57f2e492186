#include <fmt/format.h>

#include "engine/tokenizer/bpe.h"
#include "engine/tokenizer/byte_alphabet.h"

namespace deepwell::engine {
namespace {

constexpr std::string_view kKey = "tokenizer.ggml.merges";

tl::unexpected<Error> bad_line(std::string_view why, std::string_view line, std::uint32_t rank) {
    return fail(
        ErrorCode::FileDamaged,
        fmt::format("The model file's list of merges is damaged: {}. Get it again.", why),
        fmt::format("{}[{}] = {}", kKey, rank, Value::of_string(std::string(line)).describe(60)));
}

}  // namespace

Merges Merges::from_ids() {
    Merges merges;
    merges.ranks_are_ids_ = true;
    return merges;
}

Result<Merges> Merges::from_lines(const Value& lines, const Vocabulary& vocabulary) {
    if (!lines.is_strings()) {
        return fail(ErrorCode::FileDamaged,
                    "The model file's list of merges is no list of texts. Get it again.",
                    fmt::format("{} = {}", kKey, lines.describe(60)));
    }
    Merges merges;
    std::size_t size = 16;
    while (size < 2 * lines.size()) size *= 2;
    merges.slots_.resize(size);
    std::uint32_t rank = 0;
    for (const std::string_view line : lines.strings()) {
        if (auto added = merges.add_line(line, rank, vocabulary); !added) {
            return fail(std::move(added.error()));
        }
        ++rank;
    }
    return merges;
}

Result<void> Merges::add_line(std::string_view line, std::uint32_t rank,
                              const Vocabulary& vocabulary) {
    // A part is never empty, so a space in front belongs to the first part.
    const std::size_t space = line.find(' ', 1);
    if (space == line.npos) return bad_line("a line has no two parts", line, rank);
    const auto left_bytes = bytes_of_letters(line.substr(0, space));
    const auto right_bytes = bytes_of_letters(line.substr(space + 1));
    if (!left_bytes || !right_bytes || right_bytes->empty()) {
        return bad_line("a part is no text of the vocabulary's alphabet", line, rank);
    }
    const auto left = vocabulary.find_normal(*left_bytes);
    const auto right = vocabulary.find_normal(*right_bytes);
    const auto joined = vocabulary.find_normal(*left_bytes + *right_bytes);
    if (!left || !right || !joined) {
        return bad_line("a part or its result is no token", line, rank);
    }
    std::size_t slot = slot_of(*left, *right);
    while (slots_[slot].merge.rank != kNoRank) {
        // Of a pair that stands twice the first counts.
        if (slots_[slot].left == *left && slots_[slot].right == *right) return {};
        slot = (slot + 1) & (slots_.size() - 1);
    }
    slots_[slot] = {*left, *right, {rank, *joined}};
    return {};
}

std::size_t Merges::slot_of(TokenId left, TokenId right) const {
    const std::uint64_t key = (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) |
                              static_cast<std::uint32_t>(right);
    constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;  // 2^64 / golden ratio: spreads the bits
    const std::uint64_t mixed = (key ^ (key >> 29)) * kGolden;
    return static_cast<std::size_t>(mixed >> 24) & (slots_.size() - 1);
}

Merges::Merge Merges::find(TokenId left, TokenId right, std::string_view joined,
                           const Vocabulary& vocabulary) const {
    if (ranks_are_ids_) {
        if (joined.size() > vocabulary.longest_normal()) return {};
        const auto id = vocabulary.find_normal(joined);
        if (!id) return {};
        return {static_cast<std::uint32_t>(*id), *id};
    }
    std::size_t slot = slot_of(left, right);
    while (slots_[slot].merge.rank != kNoRank) {
        if (slots_[slot].left == left && slots_[slot].right == right) return slots_[slot].merge;
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return {};
}

}  // namespace deepwell::engine
