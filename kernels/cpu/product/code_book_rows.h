// The IQ formats' rows taken apart (row_unpack.h): through tables of eight bytes an entry, with the
// signs as masks of eight bytes. Internal linkage, as row_unpackers.h.
#pragma once

#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "kernels/cpu/product/code_book_tables.h"
#include "kernels/cpu/product/row_unpack.h"
#include "kernels/cpu/simd/inline.h"
#include "kernels/formats/table.h"

namespace deepwell::kernels::cpu {

static constexpr std::uint64_t kOnes = 0x0101010101010101u;

// Four groups of eight magnitudes with their signs: a block of 32 codes.
template <int kOffset>
DEEPWELL_INLINE void store_signed(std::uint8_t* codes, const std::uint64_t (&positive)[4],
                                  const std::uint64_t (&masks)[4]) {
#if defined(__AVX2__)
    const auto join = [](const std::uint64_t(&w)[4]) __attribute__((always_inline)) {
        return _mm256_set_epi64x(static_cast<long long>(w[3]), static_cast<long long>(w[2]),
                                 static_cast<long long>(w[1]), static_cast<long long>(w[0]));
    };
    // The mask is minus one where the code is negative.
    const __m256i mask = join(masks);
    const __m256i value = _mm256_sub_epi8(_mm256_xor_si256(join(positive), mask), mask);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(codes),
                        _mm256_add_epi8(value, _mm256_set1_epi8(kOffset)));
#else
    for (int g = 0; g < 4; ++g) {
        // No byte of either step leaves 0 .. 255: magnitudes are smaller than the offset.
        const std::uint64_t code =
            kOnes * kOffset + (positive[g] & ~masks[g]) - (positive[g] & masks[g]);
        memcpy(codes + 8 * g, &code, 8);
    }
#endif
}

DEEPWELL_INLINE void store_eight(std::uint8_t* codes, std::uint64_t bytes) {
    memcpy(codes, &bytes, 8);
}

static float odd_scale(std::uint32_t bits) {
    return static_cast<float>(2u * bits + 1u);
}

static void unpack_iq2_xxs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_XXS& block = *reinterpret_cast<const BlockIQ2_XXS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        const std::uint8_t* record = block.records + 8 * b;
        const std::uint32_t word = load_u32(record + 4);
        unit.scales[b] = odd_scale(word >> 28);
        std::uint64_t positive[4], masks[4];
        for (int g = 0; g < 4; ++g) {
            positive[g] = kIq2Xxs.entry[record[g]];
            masks[g] = kEvenSigns.entry[(word >> (7 * g)) & 127u];
        }
        store_signed<64>(unit.codes + 32 * b, positive, masks);
    }
}

static void unpack_iq2_xs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_XS& block = *reinterpret_cast<const BlockIQ2_XS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        unit.scales[2 * b] = odd_scale(block.scales[b] & 15u);
        unit.scales[2 * b + 1] = odd_scale(block.scales[b] >> 4);
        std::uint64_t positive[4], masks[4];
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t code = load_u16(block.codes + 8 * b + 2 * g);
            positive[g] = kIq2Xs.entry[code & 511u];
            masks[g] = kEvenSigns.entry[code >> 9];
        }
        store_signed<64>(unit.codes + 32 * b, positive, masks);
    }
}

static void unpack_iq2_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ2_S& block = *reinterpret_cast<const BlockIQ2_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        unit.scales[2 * b] = odd_scale(block.scales[b] & 15u);
        unit.scales[2 * b + 1] = odd_scale(block.scales[b] >> 4);
        std::uint64_t positive[4], masks[4];
        for (int g = 0; g < 4; ++g) {
            positive[g] = kIq2S.entry[block.qs[4 * b + g] | ((block.qh[b] >> (2 * g)) & 3u) << 8];
            masks[g] = kSigns.entry[block.signs[4 * b + g]];
        }
        store_signed<64>(unit.codes + 32 * b, positive, masks);
    }
}

static void unpack_iq3_xxs(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ3_XXS& block = *reinterpret_cast<const BlockIQ3_XXS*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.25f;
    for (int b = 0; b < 8; ++b) {
        const std::uint32_t word = load_u32(block.words + 4 * b);
        unit.scales[b] = odd_scale(word >> 28);
        std::uint64_t positive[4], masks[4];
        for (int g = 0; g < 4; ++g) {
            const std::uint8_t* qs = block.qs + 8 * b + 2 * g;
            positive[g] = kIq3Xxs.entry[qs[0]] | static_cast<std::uint64_t>(kIq3Xxs.entry[qs[1]])
                                                     << 32;
            masks[g] = kEvenSigns.entry[(word >> (7 * g)) & 127u];
        }
        store_signed<64>(unit.codes + 32 * b, positive, masks);
    }
}

static void unpack_iq3_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ3_S& block = *reinterpret_cast<const BlockIQ3_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d));
    for (int b = 0; b < 8; ++b) {
        unit.scales[b] = odd_scale((block.scales[b / 2] >> (4 * (b & 1))) & 15u);
        const std::uint32_t qh = block.qh[b];
        std::uint64_t positive[4], masks[4];
        for (int g = 0; g < 4; ++g) {
            const std::uint8_t* qs = block.qs + 8 * b + 2 * g;
            const std::uint32_t first = qs[0] | ((qh >> (2 * g)) & 1u) << 8;
            const std::uint32_t second = qs[1] | ((qh >> (2 * g + 1)) & 1u) << 8;
            positive[g] = kIq3S.entry[first] | static_cast<std::uint64_t>(kIq3S.entry[second])
                                                   << 32;
            masks[g] = kSigns.entry[block.signs[4 * b + g]];
        }
        store_signed<16>(unit.codes + 32 * b, positive, masks);
    }
}

static void unpack_iq1_s(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ1_S& block = *reinterpret_cast<const BlockIQ1_S*>(bytes);
    unit.d[0] = half_to_float(load_u16(block.d)) * 0.125f;
    for (int b = 0; b < 8; ++b) {
        const std::uint32_t qh = load_u16(block.qh + 2 * b);
        unit.scales[b] = odd_scale((qh >> 12) & 7u);
        // Plus one, or minus one as plus 255: no byte is 0, so adding 255 would carry; take away.
        const std::uint64_t minus = (qh & 0x8000u) != 0 ? 2 * kOnes : 0;
        for (int g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((qh >> (3 * g)) & 7u) << 8;
            store_eight(unit.codes + 32 * b + 8 * g, kIq1.entry[index] + kOnes - minus);
        }
    }
}

static void unpack_iq1_m(const std::uint8_t* bytes, std::int32_t, RowUnit& unit) {
    const BlockIQ1_M& block = *reinterpret_cast<const BlockIQ1_M*>(bytes);
    unit.d[0] = iq1_m_d(block) * 0.125f;
    for (int u = 0; u < 16; ++u) unit.scales[u] = odd_scale(iq1_m_scale(block, u));
    for (int n = 0; n < 32; ++n) {
        const std::uint32_t bits = (block.qh[n / 2] >> (4 * (n & 1))) & 15u;
        const std::uint64_t minus = (bits & 8u) != 0 ? 2 * kOnes : 0;
        const std::uint32_t index = block.qs[n] | (bits & 7u) << 8;
        store_eight(unit.codes + 8 * n, kIq1.entry[index] + kOnes - minus);
    }
}

}  // namespace deepwell::kernels::cpu
