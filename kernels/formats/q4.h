// Q4_0 and Q4_1: 32 values of four bits with one scale, the second with an offset.
//
// "Nibble order": byte j holds value j in its low nibble and value j + 16 in its high one.
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockQ4_0 {  // y = d * (q - 8)
    std::uint8_t d[2];
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockQ4_0) == 18, "Q4_0 has 18 bytes");

struct BlockQ4_1 {  // y = d * q + m
    std::uint8_t d[2];
    std::uint8_t m[2];
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockQ4_1) == 20, "Q4_1 has 20 bytes");

// Value k of 16 bytes in nibble order.
DEEPWELL_FORMAT_FUNCTION std::int32_t nibble(const std::uint8_t* qs, std::int32_t k) {
    return k < 16 ? qs[k] & 15 : qs[k - 16] >> 4;
}

DEEPWELL_FORMAT_FUNCTION void decode_q4_0(const void* from, float* values) {
    const BlockQ4_0& block = *static_cast<const BlockQ4_0*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = d * static_cast<float>(nibble(block.qs, k) - 8);
    }
}

DEEPWELL_FORMAT_FUNCTION void decode_q4_1(const void* from, float* values) {
    const BlockQ4_1& block = *static_cast<const BlockQ4_1*>(from);
    const float d = half_to_float(load_u16(block.d));
    const float m = half_to_float(load_u16(block.m));
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = d * static_cast<float>(nibble(block.qs, k)) + m;
    }
}

}  // namespace deepwell::kernels
