// The code books of the IQ formats as bytes, eight or four an entry, and signs as masks of eight
// bytes. Internal linkage: each instruction set's file has its own.
#pragma once

#include <cstdint>

#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {

// A table made when compiled; not std::array, whose functions would not be ours alone.
template <class Word, int kCount>
struct CodeTable {
    Word entry[kCount];
};

// Entries as bytes: value * factor + offset.
template <class Word, int kCount>
static constexpr CodeTable<Word, kCount> expand(const std::uint16_t (&grid)[kCount],
                                                std::int32_t (*value)(std::uint16_t, std::int32_t),
                                                std::int32_t factor, std::int32_t offset) {
    CodeTable<Word, kCount> expanded{};
    for (int i = 0; i < kCount; ++i) {
        for (std::int32_t k = 0; k < static_cast<std::int32_t>(sizeof(Word)); ++k) {
            const std::int32_t byte = value(grid[i], k) * factor + offset;
            expanded.entry[i] |= static_cast<Word>(static_cast<Word>(byte) << (8 * k));
        }
    }
    return expanded;
}

// Magnitudes.
static constexpr auto kIq2Xxs = expand<std::uint64_t>(kIq2XxsGrid, iq2_magnitude, 1, 0);
static constexpr auto kIq2Xs = expand<std::uint64_t>(kIq2XsGrid, iq2_magnitude, 1, 0);
static constexpr auto kIq2S = expand<std::uint64_t>(kIq2SGrid, iq2_magnitude, 1, 0);
static constexpr auto kIq3Xxs = expand<std::uint32_t>(kIq3XxsGrid, iq3_xxs_magnitude, 1, 0);
static constexpr auto kIq3S = expand<std::uint32_t>(kIq3SGrid, iq3_s_magnitude, 1, 0);
// Eight times the entry, plus the offset 16; delta adds or takes one.
static constexpr auto kIq1 = expand<std::uint64_t>(kIq1SGrid, iq1_value, 8, 16);

// 0xff in byte k where bit k is set.
static constexpr std::uint64_t sign_mask(std::uint32_t bits) {
    std::uint64_t mask = 0;
    for (std::uint32_t k = 0; k < 8; ++k) {
        if ((bits >> k) & 1u) mask |= std::uint64_t{0xff} << (8 * k);
    }
    return mask;
}

static constexpr CodeTable<std::uint64_t, 256> sign_masks() {
    CodeTable<std::uint64_t, 256> masks{};
    for (std::uint32_t bits = 0; bits < 256; ++bits) masks.entry[bits] = sign_mask(bits);
    return masks;
}
static constexpr auto kSigns = sign_masks();

// The same for seven bits and the eighth that makes their number even.
static constexpr CodeTable<std::uint64_t, 128> even_sign_masks() {
    CodeTable<std::uint64_t, 128> masks{};
    for (std::uint32_t seven = 0; seven < 128; ++seven) {
        std::uint32_t parity = 0;
        for (std::uint32_t k = 0; k < 7; ++k) parity ^= (seven >> k) & 1u;
        masks.entry[seven] = sign_mask(seven | parity << 7);
    }
    return masks;
}
static constexpr auto kEvenSigns = even_sign_masks();

}  // namespace deepwell::kernels::cpu
