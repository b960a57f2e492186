// IQ3_XXS, IQ3_S: 256 values in groups of four from a code book, with signs for each group of
// eight.
#pragma once

#include "kernels/formats/iq2.h"

namespace deepwell::kernels {

struct BlockIQ3_XXS {
    std::uint8_t d[2];
    std::uint8_t qs[64];
    std::uint8_t words[32];  // eight u32: four signs of 7 bits and a scale of 4 bits
};
static_assert(sizeof(BlockIQ3_XXS) == 98, "IQ3_XXS has 98 bytes");

struct BlockIQ3_S {
    std::uint8_t d[2];
    std::uint8_t qs[64];
    std::uint8_t qh[8];
    std::uint8_t signs[32];
    std::uint8_t scales[4];
};
static_assert(sizeof(BlockIQ3_S) == 110, "IQ3_S has 110 bytes");

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq3_xxs(const void* from, float* values) {
    const BlockIQ3_XXS& block = *static_cast<const BlockIQ3_XXS*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        const std::uint32_t word = load_u32(block.words + 4 * b);
        const float scale = d * (0.5f + static_cast<float>(word >> 28)) * 0.5f;
        for (std::int32_t k = 0; k < 32; ++k) {
            const std::uint32_t signs = even_signs((word >> (7 * (k / 8))) & 127u);
            const std::uint16_t entry = kIq3XxsGrid[block.qs[8 * b + k / 4]];
            const float value = scale * static_cast<float>(iq3_xxs_magnitude(entry, k % 4));
            values[32 * b + k] = ((signs >> (k % 8)) & 1u) != 0 ? -value : value;
        }
    }
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq3_s(const void* from, float* values) {
    const BlockIQ3_S& block = *static_cast<const BlockIQ3_S*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        const std::uint32_t bits = (block.scales[b / 2] >> (4 * (b & 1))) & 15u;
        const float scale = d * static_cast<float>(1u + 2u * bits);
        for (std::int32_t k = 0; k < 32; ++k) {
            const std::int32_t t = k / 4;
            const std::uint32_t index = block.qs[8 * b + t] | ((block.qh[b] >> t) & 1u) << 8;
            const std::uint32_t signs = block.signs[4 * b + k / 8];
            const float value =
                scale * static_cast<float>(iq3_s_magnitude(kIq3SGrid[index], k % 4));
            values[32 * b + k] = ((signs >> (k % 8)) & 1u) != 0 ? -value : value;
        }
    }
}

}  // namespace deepwell::kernels
