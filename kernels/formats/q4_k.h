// Q4_K: 256 values of four bits; eight sub-blocks of 32 with a six-bit scale and minimum each.
//
// Sub-blocks 2 i and 2 i + 1 share the bytes qs[32 i ..]: low nibbles and high nibbles. (Not the
// nibble order of Q4_0: here the two values of a byte are 32 apart.)
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockQ4_K {  // y = d * scale * q - dmin * minimum
    std::uint8_t d[2];
    std::uint8_t dmin[2];
    std::uint8_t scales[12];
    std::uint8_t qs[128];
};
static_assert(sizeof(BlockQ4_K) == 144, "Q4_K has 144 bytes");

// The six-bit scale of sub-block j of Q4_K and Q5_K.
DEEPWELL_FORMAT_FUNCTION std::int32_t k_scale(const std::uint8_t* s, std::int32_t j) {
    return j < 4 ? s[j] & 63 : (s[j + 4] & 15) | ((s[j - 4] >> 6) << 4);
}

// The six-bit minimum of sub-block j.
DEEPWELL_FORMAT_FUNCTION std::int32_t k_minimum(const std::uint8_t* s, std::int32_t j) {
    return j < 4 ? s[j + 4] & 63 : (s[j + 4] >> 4) | ((s[j] >> 6) << 4);
}

DEEPWELL_FORMAT_FUNCTION void decode_q4_k(const void* from, float* values) {
    const BlockQ4_K& block = *static_cast<const BlockQ4_K*>(from);
    const float d = half_to_float(load_u16(block.d));
    const float dmin = half_to_float(load_u16(block.dmin));
    for (std::int32_t j = 0; j < 8; ++j) {
        const float scale = d * static_cast<float>(k_scale(block.scales, j));
        const float minimum = dmin * static_cast<float>(k_minimum(block.scales, j));
        for (std::int32_t l = 0; l < 32; ++l) {
            const std::uint8_t byte = block.qs[32 * (j / 2) + l];
            const std::int32_t q = j % 2 == 0 ? byte & 15 : byte >> 4;
            values[32 * j + l] = scale * static_cast<float>(q) - minimum;
        }
    }
}

}  // namespace deepwell::kernels
