// IQ2_XXS, IQ2_XS, IQ2_S: 256 values in groups of eight; a group is an entry of a code book
// (magnitudes 8, 25, 43) and eight signs.
//
// Sub-block b = 0..7 has 32 values, group g = 0..3 of it eight. A set sign bit k negates value k.
#pragma once

#include "kernels/formats/code_books.h"
#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockIQ2_XXS {  // record b: four indices, then four signs of 7 bits and a scale of 4 bits
    std::uint8_t d[2];
    std::uint8_t records[64];
};
static_assert(sizeof(BlockIQ2_XXS) == 66, "IQ2_XXS has 66 bytes");

struct BlockIQ2_XS {  // a code: index of 9 bits, signs of 7
    std::uint8_t d[2];
    std::uint8_t codes[64];
    std::uint8_t scales[8];
};
static_assert(sizeof(BlockIQ2_XS) == 74, "IQ2_XS has 74 bytes");

struct BlockIQ2_S {  // index of 10 bits, all eight signs stored
    std::uint8_t d[2];
    std::uint8_t qs[32];
    std::uint8_t signs[32];
    std::uint8_t qh[8];
    std::uint8_t scales[8];
};
static_assert(sizeof(BlockIQ2_S) == 82, "IQ2_S has 82 bytes");

// Seven stored signs and the eighth that makes their number even.
DEEPWELL_FORMAT_FUNCTION std::uint32_t even_signs(std::uint32_t seven) {
    std::uint32_t parity = seven ^ (seven >> 4);
    parity ^= parity >> 2;
    parity ^= parity >> 1;
    return seven | (parity & 1u) << 7;
}

// values[k] = scale * entry[k], negated where a sign bit is set. Eight values.
DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq2_group(float scale, std::uint16_t entry,
                                                    std::uint32_t signs, float* values) {
    for (std::int32_t k = 0; k < 8; ++k) {
        const float value = scale * static_cast<float>(iq2_magnitude(entry, k));
        values[k] = ((signs >> k) & 1u) != 0 ? -value : value;
    }
}

// The scale of a sub-block from its four bits.
DEEPWELL_FORMAT_FUNCTION float iq2_scale(float d, std::uint32_t bits) {
    return d * (0.5f + static_cast<float>(bits)) * 0.25f;
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq2_xxs(const void* from, float* values) {
    const BlockIQ2_XXS& block = *static_cast<const BlockIQ2_XXS*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        const std::uint8_t* record = block.records + 8 * b;
        const std::uint32_t word = load_u32(record + 4);
        const float scale = iq2_scale(d, word >> 28);
        for (std::int32_t g = 0; g < 4; ++g) {
            decode_iq2_group(scale, kIq2XxsGrid[record[g]], even_signs((word >> (7 * g)) & 127u),
                             values + 32 * b + 8 * g);
        }
    }
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq2_xs(const void* from, float* values) {
    const BlockIQ2_XS& block = *static_cast<const BlockIQ2_XS*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        for (std::int32_t g = 0; g < 4; ++g) {
            const std::uint32_t code = load_u16(block.codes + 8 * b + 2 * g);
            const std::uint32_t bits = (block.scales[b] >> (g < 2 ? 0 : 4)) & 15u;
            decode_iq2_group(iq2_scale(d, bits), kIq2XsGrid[code & 511u], even_signs(code >> 9),
                             values + 32 * b + 8 * g);
        }
    }
}

DEEPWELL_FORMAT_HOST_FUNCTION void decode_iq2_s(const void* from, float* values) {
    const BlockIQ2_S& block = *static_cast<const BlockIQ2_S*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t b = 0; b < 8; ++b) {
        for (std::int32_t g = 0; g < 4; ++g) {
            const std::uint32_t index = block.qs[4 * b + g] | ((block.qh[b] >> (2 * g)) & 3u) << 8;
            const std::uint32_t bits = (block.scales[b] >> (g < 2 ? 0 : 4)) & 15u;
            decode_iq2_group(iq2_scale(d, bits), kIq2SGrid[index], block.signs[4 * b + g],
                             values + 32 * b + 8 * g);
        }
    }
}

}  // namespace deepwell::kernels
