#include "kernels/cpu/product/code_book_rows.h"

#include <array>
#include <cstring>

#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {
namespace {

// Entries as bytes, expanded when compiled. Offsets are added where signs are applied.
using Magnitude = std::int32_t (*)(std::uint16_t entry, std::int32_t k);

template <class Word, std::size_t kCount>
constexpr std::array<Word, kCount> expand(const std::uint16_t (&grid)[kCount], Magnitude value,
                                          std::int32_t factor, std::int32_t offset) {
    std::array<Word, kCount> expanded{};
    for (std::size_t i = 0; i < kCount; ++i) {
        for (std::size_t k = 0; k < sizeof(Word); ++k) {
            const std::int32_t byte =
                value(grid[i], static_cast<std::int32_t>(k)) * factor + offset;
            expanded[i] |= static_cast<Word>(static_cast<Word>(byte) << (8 * k));
        }
    }
    return expanded;
}

constexpr auto kIq2Xxs = expand<std::uint64_t>(kIq2XxsGrid, iq2_magnitude, 1, 0);
constexpr auto kIq2Xs = expand<std::uint64_t>(kIq2XsGrid, iq2_magnitude, 1, 0);
constexpr auto kIq2S = expand<std::uint64_t>(kIq2SGrid, iq2_magnitude, 1, 0);
constexpr auto kIq3Xxs = expand<std::uint32_t>(kIq3XxsGrid, iq3_xxs_magnitude, 1, 0);
constexpr auto kIq3S = expand<std::uint32_t>(kIq3SGrid, iq3_s_magnitude, 1, 0);
// Eight times the entry, plus the offset 16; delta adds or takes one.
constexpr auto kIq1 = expand<std::uint64_t>(kIq1SGrid, iq1_value, 8, 16);

// 0xff in byte k where bit k is set.
constexpr std::array<std::uint64_t, 256> sign_masks() {
    std::array<std::uint64_t, 256> masks{};
    for (std::uint32_t bits = 0; bits < 256; ++bits) {
        for (std::uint32_t k = 0; k < 8; ++k) {
            if ((bits >> k) & 1u) masks[bits] |= std::uint64_t{0xff} << (8 * k);
        }
    }
    return masks;
}
constexpr auto kSigns = sign_masks();

// The same for seven bits and the eighth that makes their number even.
constexpr std::array<std::uint64_t, 128> even_sign_masks() {
    std::array<std::uint64_t, 128> masks{};
    for (std::uint32_t seven = 0; seven < 128; ++seven) {
        std::uint32_t parity = 0;
        for (std::uint32_t k = 0; k < 7; ++k) parity ^= (seven >> k) & 1u;
        masks[seven] = kSigns[seven | parity << 7];
    }
    return masks;
}
constexpr auto kEvenSigns = even_sign_masks();

constexpr std::uint64_t kOnes = 0x0101010101010101u;

// offset + magnitude or offset - magnitude in each byte. Magnitudes are 1 to offset - 1, so no byte
// carries into the next: the two's complement of m is ~m + 1.
template <int kOffset>
std::uint64_t with_signs(std::uint64_t magnitudes, std::uint64_t mask) {
    // The bytes of (m ^ mask) + (mask & 1) are m or 256 - m; adding the offset must drop the carry.
    const std::uint64_t value = (magnitudes ^ mask) + (mask & kOnes);
    // Bytewise sum without carries between the bytes: low seven bits, then the eighth by xor.
    const std::uint64_t offset = kOnes * kOffset;
    const std::uint64_t low = (value & ~(kOnes << 7)) + offset;
    return low ^ (value & (kOnes << 7));
}

void store_eight(std::uint8_t* codes, std::uint64_t bytes) {
    std::memcpy(codes, &bytes, 8);
}

float odd_scale(std::uint32_t bits) {
    return static_cast<float>(2u * bits + 1u);
}

}  // namespace

void unpack_iq2_xxs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_XXS& block = *reinterpret_cast<const BlockIQ2_XXS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        const std::uint8_t* record = block.records + 8 * b;
        const std::uint32_t word = load_u32(record + 4);
        unit.scales[b] = odd_scale(word >> 28);
        for (int g = 0; g < 4; ++g) {
            store_eight(unit.codes + 32 * b + 8 * g,
                        with_signs<64>(kIq2Xxs[record[g]], kEvenSigns[(word >> (7 * g)) & 127u]));
        }
    }
}

void unpack_iq2_xs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_XS& block = *reinterpret_cast<const BlockIQ2_XS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        unit.scales[2 * b] = odd_scale(block.scales[b] & 15u);
        unit.scales[2 * b + 1] = odd_scale(block.scales[b] >> 4);
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t code = load_u16(block.codes + 8 * b + 2 * g);
            store_eight(unit.codes + 32 * b + 8 * g,
                        with_signs<64>(kIq2Xs[code & 511u], kEvenSigns[code >> 9]));
        }
    }
}

void unpack_iq2_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_S& block = *reinterpret_cast<const BlockIQ2_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        unit.scales[2 * b] = odd_scale(block.scales[b] & 15u);
        unit.scales[2 * b + 1] = odd_scale(block.scales[b] >> 4);
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((block.qh[b] >> (2 * g)) & 3u) << 8;
            store_eight(unit.codes + 32 * b + 8 * g,
                        with_signs<64>(kIq2S[index], kSigns[block.signs[4 * b + g]]));
        }
    }
}

void unpack_iq3_xxs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ3_XXS& block = *reinterpret_cast<const BlockIQ3_XXS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.25f;
    for (int b = 0; b < 8; ++b) {
        const std::uint32_t word = load_u32(block.words + 4 * b);
        unit.scales[b] = odd_scale(word >> 28);
        for (int g = 0; g < 4; ++g) {
            const std::uint8_t* qs = block.qs + 8 * b + 2 * g;
            const std::uint64_t magnitudes =
                kIq3Xxs[qs[0]] | static_cast<std::uint64_t>(kIq3Xxs[qs[1]]) << 32;
            store_eight(unit.codes + 32 * b + 8 * g,
                        with_signs<64>(magnitudes, kEvenSigns[(word >> (7 * g)) & 127u]));
        }
    }
}

void unpack_iq3_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ3_S& block = *reinterpret_cast<const BlockIQ3_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    for (int b = 0; b < 8; ++b) {
        unit.scales[b] = odd_scale((block.scales[b / 2] >> (4 * (b & 1))) & 15u);
        const std::uint32_t qh = block.qh[b];
        for (int g = 0; g < 4; ++g) {
            const std::uint8_t* qs = block.qs + 8 * b + 2 * g;
            const std::uint32_t first = qs[0] | ((qh >> (2 * g)) & 1u) << 8;
            const std::uint32_t second = qs[1] | ((qh >> (2 * g + 1)) & 1u) << 8;
            const std::uint64_t magnitudes =
                kIq3S[first] | static_cast<std::uint64_t>(kIq3S[second]) << 32;
            store_eight(unit.codes + 32 * b + 8 * g,
                        with_signs<16>(magnitudes, kSigns[block.signs[4 * b + g]]));
        }
    }
}

void unpack_iq1_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ1_S& block = *reinterpret_cast<const BlockIQ1_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        const std::uint32_t qh = load_u16(block.qh + 2 * b);
        unit.scales[b] = odd_scale((qh >> 12) & 7u);
        // Plus one, or minus one as plus 255: no byte is 0, so adding 255 would carry; take away.
        const std::uint64_t minus = (qh & 0x8000u) != 0 ? 2 * kOnes : 0;
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((qh >> (3 * g)) & 7u) << 8;
            store_eight(unit.codes + 32 * b + 8 * g, kIq1[index] + kOnes - minus);
        }
    }
}

void unpack_iq1_m(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ1_M& block = *reinterpret_cast<const BlockIQ1_M*>(bytes);
    unit.d[0] = iq1_m_d(block) * 0.125f;
    for (int u = 0; u < 16; ++u) unit.scales[u] = odd_scale(iq1_m_scale(block, u));
    for (int n = 0; n < 32; ++n) {
        const std::uint32_t bits = (block.qh[n / 2] >> (4 * (n & 1))) & 15u;
        const std::uint64_t minus = (bits & 8u) != 0 ? 2 * kOnes : 0;
        const std::uint32_t index = block.qs[n] | (bits & 7u) << 8;
        store_eight(unit.codes + 8 * n, kIq1[index] + kOnes - minus);
    }
}

}  // namespace deepwell::kernels::cpu
