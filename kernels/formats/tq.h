// TQ1_0 and TQ2_0: 256 ternary values with one scale. y = d * (t - 1).
#pragma once

#include "kernels/formats/q2_k.h"

namespace deepwell::kernels {

struct BlockTQ1_0 {  // a byte holds five trits as a fraction (of qh: four)
    std::uint8_t qs[48];
    std::uint8_t qh[4];
    std::uint8_t d[2];
};
static_assert(sizeof(BlockTQ1_0) == 54, "TQ1_0 has 54 bytes");

struct BlockTQ2_0 {  // two bits a value; 3 does not occur in good files but decodes
    std::uint8_t qs[64];
    std::uint8_t d[2];
};
static_assert(sizeof(BlockTQ2_0) == 66, "TQ2_0 has 66 bytes");

// Trit n of a byte: multiplying by 3^n moves it to the top of the fraction.
DEEPWELL_FORMAT_FUNCTION std::int32_t trit(std::uint8_t byte, std::int32_t n) {
    std::uint32_t power = 1;
    for (std::int32_t i = 0; i < n; ++i) power *= 3;
    return static_cast<std::int32_t>((((byte * power) & 255u) * 3u) >> 8);
}

// The byte and the trit's number in it of value i.
DEEPWELL_FORMAT_FUNCTION std::int32_t tq1_0_trit(const BlockTQ1_0& block, std::int32_t i) {
    if (i < 160) return trit(block.qs[i % 32], i / 32);
    if (i < 240) return trit(block.qs[32 + i % 16], (i - 160) / 16);
    return trit(block.qh[i % 4], (i - 240) / 4);
}

DEEPWELL_FORMAT_FUNCTION void decode_tq1_0(const void* from, float* values) {
    const BlockTQ1_0& block = *static_cast<const BlockTQ1_0*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t i = 0; i < 256; ++i) {
        values[i] = d * static_cast<float>(tq1_0_trit(block, i) - 1);
    }
}

DEEPWELL_FORMAT_FUNCTION void decode_tq2_0(const void* from, float* values) {
    const BlockTQ2_0& block = *static_cast<const BlockTQ2_0*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t i = 0; i < 256; ++i) {
        values[i] = d * static_cast<float>(two_bits(block.qs, i) - 1);
    }
}

}  // namespace deepwell::kernels
