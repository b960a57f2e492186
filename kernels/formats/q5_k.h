// Q5_K: as Q4_K with a fifth bit: bit j of qh[l] belongs to value l of sub-block j.
#pragma once

#include "kernels/formats/q4_k.h"

namespace deepwell::kernels {

struct BlockQ5_K {
    std::uint8_t d[2];
    std::uint8_t dmin[2];
    std::uint8_t scales[12];
    std::uint8_t qh[32];
    std::uint8_t qs[128];
};
static_assert(sizeof(BlockQ5_K) == 176, "Q5_K has 176 bytes");

DEEPWELL_FORMAT_FUNCTION void decode_q5_k(const void* from, float* values) {
    const BlockQ5_K& block = *static_cast<const BlockQ5_K*>(from);
    const float d = half_to_float(load_u16(block.d));
    const float dmin = half_to_float(load_u16(block.dmin));
    for (std::int32_t j = 0; j < 8; ++j) {
        const float scale = d * static_cast<float>(k_scale(block.scales, j));
        const float minimum = dmin * static_cast<float>(k_minimum(block.scales, j));
        for (std::int32_t l = 0; l < 32; ++l) {
            const std::uint8_t byte = block.qs[32 * (j / 2) + l];
            const std::int32_t low = j % 2 == 0 ? byte & 15 : byte >> 4;
            const std::int32_t q = low | ((block.qh[l] >> j) & 1) << 4;
            values[32 * j + l] = scale * static_cast<float>(q) - minimum;
        }
    }
}

}  // namespace deepwell::kernels
