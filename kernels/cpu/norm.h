// Root-mean-square normalization (Zhang & Sennrich 2019, eq. 4).
#pragma once

#include <cstdint>

namespace deepwell::kernels::cpu {

//   y[r, c] = x[r, c] / sqrt(mean_c(x[r, c]^2) + epsilon) * weight[c]
//
// x, y: `rows` rows of `columns` float32, their strides in floats; may be the same memory.
// weight: [columns]. Squares are summed in float64, block of 256 after block, so the result does
// not depend on the instruction set. Any thread; no allocation.
void rms_norm(const float* x, std::int64_t x_stride, std::int64_t rows, std::int64_t columns,
              const float* weight, float epsilon, float* y, std::int64_t y_stride);

}  // namespace deepwell::kernels::cpu
