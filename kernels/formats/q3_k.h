// Q3_K: 256 values of three bits; sixteen sub-blocks of 16 with a signed six-bit scale each.
#pragma once

#include "kernels/formats/q2_k.h"

namespace deepwell::kernels {

struct BlockQ3_K {  // y = d * sc * (q - 4)
    std::uint8_t hmask[32];
    std::uint8_t qs[64];
    std::uint8_t scales[12];
    std::uint8_t d[2];
};
static_assert(sizeof(BlockQ3_K) == 110, "Q3_K has 110 bytes");

// Scale of sub-block b: four low bits from the first eight bytes, two high ones from the last four.
DEEPWELL_FORMAT_FUNCTION std::int32_t q3_k_scale(const std::uint8_t* scales, std::int32_t b) {
    const std::int32_t low = (scales[b & 7] >> (b < 8 ? 0 : 4)) & 15;
    const std::int32_t high = (scales[8 + (b & 3)] >> (2 * (b / 4))) & 3;
    return (low | high << 4) - 32;
}

DEEPWELL_FORMAT_FUNCTION void decode_q3_k(const void* from, float* values) {
    const BlockQ3_K& block = *static_cast<const BlockQ3_K*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t i = 0; i < 256; ++i) {
        const std::int32_t high = (block.hmask[i % 32] >> (i / 32)) & 1;
        const std::int32_t q = two_bits(block.qs, i) - (high != 0 ? 0 : 4);
        values[i] =
            d * static_cast<float>(q3_k_scale(block.scales, i / 16)) * static_cast<float>(q);
    }
}

}  // namespace deepwell::kernels
