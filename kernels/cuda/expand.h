// The launches of expand.cu, which only large products use (large_product.h).
#pragma once

#include "kernels/cuda/kernels.h"
#include "kernels/cuda/matrix_library.h"

namespace deepwell::kernels::cuda {

// Rows first … first + count of the product's weight, as elements row after row: [count, columns].
// `first` is a multiple of 32. F16 and BF16 weights become floats; F32 ones need no expansion.
int expand_weights(StreamHandle stream, const Product& product, MatrixProduct::Element element,
                   std::int64_t first, int count, void* out);

// x [tokens, units] -> halves [tokens, columns] and a power of two for each token: value = half *
// scale. The largest of a token's halves is below 4,096.
int expand_activations(StreamHandle stream, const ActivationUnit* x, int columns, int tokens,
                       std::uint16_t* halves, float* scales);

// out[t, r] = out[t, r] * scales[t] (1 without scales) + bias[r] (0 without one).
int finish_product(StreamHandle stream, const Product& product, const float* scales, int tokens);

}  // namespace deepwell::kernels::cuda
