// F32, F16, BF16: one value a block.
#pragma once

#include "kernels/formats/half.h"

namespace deepwell::kernels {

DEEPWELL_FORMAT_FUNCTION void decode_f32(const void* block, float* values) {
    values[0] = float_from_bits(load_u32(block));
}

DEEPWELL_FORMAT_FUNCTION void decode_f16(const void* block, float* values) {
    values[0] = half_to_float(load_u16(block));
}

DEEPWELL_FORMAT_FUNCTION void decode_bf16(const void* block, float* values) {
    values[0] = bfloat_to_float(load_u16(block));
}

}  // namespace deepwell::kernels
