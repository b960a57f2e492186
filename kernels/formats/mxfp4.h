// MXFP4: 32 values of four bits (E2M1) with a power of two as scale (OCP Microscaling, 2023).
//
// y = 2^(e - 128) * table[q]: the table holds the doubled values, so that it is whole numbers, and
// the scale is halved. Code 8 (minus zero) gives +0. For e < 2 the scale is subnormal.
#pragma once

#include "kernels/formats/code_books.h"
#include "kernels/formats/q4.h"

namespace deepwell::kernels {

struct BlockMXFP4 {
    std::uint8_t e;
    std::uint8_t qs[16];
};
static_assert(sizeof(BlockMXFP4) == 17, "MXFP4 has 17 bytes");

// 2^(e - 128) as float32.
DEEPWELL_FORMAT_FUNCTION float mxfp4_scale(std::uint8_t e) {
    return float_from_bits(e < 2 ? 0x00200000u << e : static_cast<std::uint32_t>(e - 1) << 23);
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_mxfp4(const void* from, float* values) {
    const BlockMXFP4& block = *static_cast<const BlockMXFP4*>(from);
    const float scale = mxfp4_scale(block.e);
    for (std::int32_t k = 0; k < 32; ++k) {
        values[k] = scale * static_cast<float>(kMxfp4Values[nibble(block.qs, k)]);
    }
}

}  // namespace deepwell::kernels
