// Activations as int8 blocks of 32, by the rule of formats/activation.h, with the sums of the
// blocks that the products need for offsets and minima.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/isa.h"

namespace deepwell::kernels::cpu {

// Bytes of one quantized row, a multiple of 64. `columns` is a multiple of 32.
std::size_t quantized_row_bytes(std::int64_t columns);

// Quantizes `rows` rows of `columns` float32, `stride` floats apart, to `quantized`
// (rows x quantized_row_bytes(columns), aligned to 64 bytes).
void quantize_rows(Isa isa, const float* x, std::int64_t stride, std::int64_t columns,
                   std::int64_t rows, std::byte* quantized);

}  // namespace deepwell::kernels::cpu
