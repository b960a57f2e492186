// Matrix products by the maker's own library (cuBLASLt), for large batches of a prompt. It is
// loaded when the first one comes; without it the kernels of this folder do the work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "kernels/cuda/device.h"

namespace deepwell::kernels::cuda {

// out[n, m] = sum_k x[n, k] weight[m, k], row after row; sums in float32. Strides in elements.
struct MatrixProduct {
    enum class Element { Half, Float };
    Element element = Element::Half;  // of weight and x; out is float32
    const void* weight = nullptr;
    const void* x = nullptr;
    float* out = nullptr;
    int m = 0;  // rows of the weight
    int n = 0;  // tokens
    int k = 0;  // columns
    std::int64_t weight_stride = 0;
    std::int64_t x_stride = 0;
    std::int64_t out_stride = 0;
};

class MatrixLibrary {
public:
    virtual ~MatrixLibrary() = default;

    // Queues the product. Another value than 0: the library does not do it, and `out` is as it was.
    virtual int multiply(StreamHandle stream, const MatrixProduct& product) = 0;
};

// Memory of the card that the library works in.
constexpr std::size_t kMatrixLibraryBytes = 32u << 20;

// For the device in use; null where there is none: a normal state.
using OpenMatrixLibrary = std::function<std::unique_ptr<MatrixLibrary>(void* workspace)>;

// cuBLASLt's, or an empty function in a build that cannot use it.
OpenMatrixLibrary matrix_library_opener();

}  // namespace deepwell::kernels::cuda
