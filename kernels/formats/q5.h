// Q5_0 and Q5_1: as Q4_0 and Q4_1 with a fifth bit: bit k of qh belongs to value k.
#pragma once

#include "kernels/formats/q4.h"

namespace deepwell::kernels {

struct BlockQ5_0 {  // y = d * (q - 16)
    std::uint8_t d[2];
    std::uint8_t qh[4];
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockQ5_0) == 22, "Q5_0 has 22 bytes");

struct BlockQ5_1 {  // y = d * q + m
    std::uint8_t d[2];
    std::uint8_t m[2];
    std::uint8_t qh[4];
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockQ5_1) == 24, "Q5_1 has 24 bytes");

DEEPWELL_FORMAT_FUNCTION std::int32_t five_bits(const std::uint8_t* qs, std::uint32_t qh,
                                                std::int32_t k) {
    return nibble(qs, k) | static_cast<std::int32_t>(((qh >> k) & 1u) << 4);
}

DEEPWELL_FORMAT_FUNCTION void decode_q5_0(const void* from, float* values) {
    const BlockQ5_0& block = *static_cast<const BlockQ5_0*>(from);
    const float d = half_to_float(load_u16(block.d));
    const std::uint32_t qh = load_u32(block.qh);
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = d * static_cast<float>(five_bits(block.qs, qh, k) - 16);
    }
}

DEEPWELL_FORMAT_FUNCTION void decode_q5_1(const void* from, float* values) {
    const BlockQ5_1& block = *static_cast<const BlockQ5_1*>(from);
    const float d = half_to_float(load_u16(block.d));
    const float m = half_to_float(load_u16(block.m));
    const std::uint32_t qh = load_u32(block.qh);
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = d * static_cast<float>(five_bits(block.qs, qh, k)) + m;
    }
}

}  // namespace deepwell::kernels
