// IQ4_NL and IQ4_XS: four bits that choose one of sixteen unevenly spaced values.
#pragma once

#include "kernels/formats/code_books.h"
#include "kernels/formats/q4.h"

namespace deepwell::kernels {

struct BlockIQ4_NL {  // 32 values in nibble order, y = d * table[q]
    std::uint8_t d[2];
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockIQ4_NL) == 18, "IQ4_NL has 18 bytes");

struct BlockIQ4_XS {  // 256 values; eight sub-blocks of 32 with a signed six-bit scale each
    std::uint8_t d[2];
    std::uint8_t scales_high[2];
    std::uint8_t scales_low[4];
    std::uint8_t qs[128];
};
static_assert(sizeof(BlockIQ4_XS) == 136, "IQ4_XS has 136 bytes");

// Scale of sub-block b, -32..31.
DEEPWELL_FORMAT_FUNCTION std::int32_t iq4_xs_scale(const BlockIQ4_XS& block, std::int32_t b) {
    const std::int32_t low = (block.scales_low[b / 2] >> (4 * (b & 1))) & 15;
    const std::int32_t high = (load_u16(block.scales_high) >> (2 * b)) & 3;
    return (low | high << 4) - 32;
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq4_nl(const void* from, float* values) {
    const BlockIQ4_NL& block = *static_cast<const BlockIQ4_NL*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = d * static_cast<float>(kIq4Values[nibble(block.qs, k)]);
    }
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq4_xs(const void* from, float* values) {
    const BlockIQ4_XS& block = *static_cast<const BlockIQ4_XS*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        const float scale = d * static_cast<float>(iq4_xs_scale(block, b));
        for (std::int32_t k = 0; k < 32; ++k) {
            values[32 * b + k] =
                scale * static_cast<float>(kIq4Values[nibble(block.qs + 16 * b, k)]);
        }
    }
}

}  // namespace deepwell::kernels
