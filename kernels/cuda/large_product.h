// Products with the many columns of a prompt: weights are expanded to halves (or floats) band by
// band and multiplied by the maker's library. Activations follow the one rule of
// kernels/formats/activation.h here too, so a prompt's numbers are those of the other kernels but
// for the rounding of weights to halves.
#pragma once

#include "kernels/cuda/kernels.h"
#include "kernels/cuda/matrix_library.h"

namespace deepwell::kernels::cuda {

// From so many columns on. Chosen, not measured: the other kernels read the weights anew for every
// eight columns.
constexpr int kLargeBatch = 64;

// As much of a weight is expanded at a time.
constexpr std::int64_t kWeightBandBytes = 64 << 20;

// Bytes of the card's memory for the largest of some products.
struct LargeProductNeed {
    std::int64_t band_bytes = kWeightBandBytes;

    // What it comes to.
    std::uint64_t weights = 0;
    std::uint64_t activations = 0;
    std::uint64_t scales = 0;

    // A product with `columns` columns of up to `batch` tokens.
    void add(MatrixProduct::Element element, Format format, std::int64_t rows, std::int64_t columns,
             int batch);
};

struct LargeProductMemory {
    void* weights = nullptr;
    void* activations = nullptr;
    float* scales = nullptr;
    void* library = nullptr;  // kMatrixLibraryBytes
};

class LargeProducts {
public:
    LargeProducts(OpenMatrixLibrary open, const LargeProductMemory& memory,
                  std::int64_t band_bytes = kWeightBandBytes)
        : open_(std::move(open)), memory_(memory), band_bytes_(band_bytes) {}

    // Whether such products are done here: a large batch, and a library, which is opened at the
    // first question.
    bool takes(int tokens);

    // The activations of the next multiply: halves, scaled token by token so that none overflows.
    int expand(StreamHandle stream, const ActivationUnit* x, std::int64_t columns, int tokens);

    // As multiply_quantized and multiply_float. `done` is false where the library did not do it
    // after all; the other kernels must, and from then on `takes` says no.
    int multiply(StreamHandle stream, const Product& product, int tokens, bool& done);
    int multiply_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                       int tokens, bool& done);

private:
    int multiply_bands(StreamHandle stream, const Product& product, MatrixProduct::Element element,
                       const void* x, std::int64_t x_stride, const float* scales, int tokens,
                       bool& done);

    OpenMatrixLibrary open_;  // empty once it has been asked
    LargeProductMemory memory_;
    std::int64_t band_bytes_;
    std::unique_ptr<MatrixLibrary> library_;
};

}  // namespace deepwell::kernels::cuda
