// Q2_K: 256 values of two bits; sixteen sub-blocks of 16 with a four-bit scale and minimum each.
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockQ2_K {  // y = d * (sc & 15) * q - dmin * (sc >> 4)
    std::uint8_t scales[16];
    std::uint8_t qs[64];
    std::uint8_t d[2];
    std::uint8_t dmin[2];
};
static_assert(sizeof(BlockQ2_K) == 84, "Q2_K has 84 bytes");

// Two bits of value i in the order that Q2_K, Q3_K and TQ2_0 share: i = 128 h + 32 r + l lies in
// byte 32 h + l, bits 2 r and 2 r + 1.
DEEPWELL_FORMAT_FUNCTION std::int32_t two_bits(const std::uint8_t* qs, std::int32_t i) {
    return (qs[32 * (i / 128) + i % 32] >> (2 * (i % 128 / 32))) & 3;
}

DEEPWELL_FORMAT_FUNCTION void decode_q2_k(const void* from, float* values) {
    const BlockQ2_K& block = *static_cast<const BlockQ2_K*>(from);
    const float d = half_to_float(load_u16(block.d));
    const float dmin = half_to_float(load_u16(block.dmin));
    for (std::int32_t i = 0; i < 256; ++i) {
        const std::uint8_t sc = block.scales[i / 16];
        values[i] = d * static_cast<float>(sc & 15) * static_cast<float>(two_bits(block.qs, i)) -
                    dmin * static_cast<float>(sc >> 4);
    }
}

}  // namespace deepwell::kernels
