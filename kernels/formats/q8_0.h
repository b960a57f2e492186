// Q8_0: 32 signed bytes with one scale. y = d * q; quantizers write -127..127, -128 decodes too.
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

struct BlockQ8_0 {
    std::uint8_t d[2];
    std::int8_t qs[32];
};
static_assert(sizeof(BlockQ8_0) == 34, "Q8_0 has 34 bytes");

DEEPWELL_FORMAT_FUNCTION void decode_q8_0(const void* from, float* values) {
    const BlockQ8_0& block = *static_cast<const BlockQ8_0*>(from);
    const float d = half_to_float(load_u16(block.d));
    for (std::int32_t k = 0; k < 32; ++k) values[k] = d * static_cast<float>(block.qs[k]);
}

}  // namespace deepwell::kernels
