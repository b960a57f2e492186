// IQ1_S, IQ1_M: 256 values in groups of eight from a code book of -1, 0, 1, moved by an eighth.
// y = dl * (entry + delta), delta = -0.125 or +0.125.
#pragma once

#include "kernels/formats/code_books.h"
#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockIQ1_S {  // qh of sub-block b: four times 3 index bits, 3 scale bits, sign of delta
    std::uint8_t d[2];
    std::uint8_t qs[32];
    std::uint8_t qh[16];
};
static_assert(sizeof(BlockIQ1_S) == 50, "IQ1_S has 50 bytes");

struct BlockIQ1_M {  // no field for d: its nibbles are the top ones of the four words of scales
    std::uint8_t qs[32];
    std::uint8_t qh[16];
    std::uint8_t scales[8];
};
static_assert(sizeof(BlockIQ1_M) == 56, "IQ1_M has 56 bytes");

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq1_group(float scale, std::uint16_t entry, float delta,
                                                    float* values) {
    for (std::int32_t k = 0; k < 8; ++k) {
        values[k] = scale * (static_cast<float>(iq1_value(entry, k)) + delta);
    }
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq1_s(const void* from, float* values) {
    const BlockIQ1_S& block = *static_cast<const BlockIQ1_S*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        const std::uint32_t qh = load_u16(block.qh + 2 * b);
        const float scale = d * static_cast<float>(2u * ((qh >> 12) & 7u) + 1u);
        const float delta = (qh & 0x8000u) != 0 ? -0.125f : 0.125f;
        for (std::int32_t g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((qh >> (3 * g)) & 7u) << 8;
            decode_iq1_group(scale, kIq1SGrid[index], delta, values + 32 * b + 8 * g);
        }
    }
}

// The half d of an IQ1_M block, from the top nibbles of its four words of scales.
DEEPWELL_FORMAT_FUNCTION float iq1_m_d(const BlockIQ1_M& block) {
    std::uint32_t half = 0;
    for (std::int32_t w = 0; w < 4; ++w) {
        half |= (static_cast<std::uint32_t>(load_u16(block.scales + 2 * w)) >> 12) << (4 * w);
    }
    return half_to_float(static_cast<std::uint16_t>(half));
}

// The three scale bits of sub-block u = 0..15 of 16 values.
DEEPWELL_FORMAT_FUNCTION std::uint32_t iq1_m_scale(const BlockIQ1_M& block, std::int32_t u) {
    const std::uint32_t word = load_u16(block.scales + 2 * (u / 4));
    return (word >> (3 * (u & 3))) & 7u;
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq1_m(const void* from, float* values) {
    const BlockIQ1_M& block = *static_cast<const BlockIQ1_M*>(from);
    const float d = iq1_m_d(block);
    for (std::int32_t n = 0; n < 32; ++n) {
        const std::uint32_t bits = (block.qh[n / 2] >> (4 * (n & 1))) & 15u;
        const float scale = d * static_cast<float>(2u * iq1_m_scale(block, n / 2) + 1u);
        const float delta = (bits & 8u) != 0 ? -0.125f : 0.125f;
        const std::uint32_t index = block.qs[n] | (bits & 7u) << 8;
        decode_iq1_group(scale, kIq1SGrid[index], delta, values + 8 * n);
    }
}

}  // namespace deepwell::kernels
