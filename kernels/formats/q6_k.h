// Q6_K: 256 values of six bits; sixteen sub-blocks of 16 with a signed byte as scale each.
//
// Value i = 128 h + 32 r + l: the low nibble is in ql[64 h + 32 (r % 2) + l] (low half for r < 2,
// else the high half), the two upper bits in qh[32 h + l], bits 2 r and 2 r + 1.
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockQ6_K {  // y = d * sc * (q - 32)
    std::uint8_t ql[128];
    std::uint8_t qh[64];
    std::int8_t scales[16];
    std::uint8_t d[2];
};
static_assert(sizeof(BlockQ6_K) == 210, "Q6_K has 210 bytes");

DEEPWELL_FORMAT_FUNCTION void decode_q6_k(const void* from, float* values) {
    const BlockQ6_K& block = *static_cast<const BlockQ6_K*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t i = 0; i < 256; ++i) {
        const std::int32_t h = i / 128, r = i % 128 / 32, l = i % 32;
        const std::uint8_t byte = block.ql[64 * h + 32 * (r % 2) + l];
        const std::int32_t low = r < 2 ? byte & 15 : byte >> 4;
        const std::int32_t high = (block.qh[32 * h + l] >> (2 * r)) & 3;
        values[i] = d * static_cast<float>(block.scales[i / 16]) *
                    static_cast<float>((low | high << 4) - 32);
    }
}

}  // namespace deepwell::kernels
