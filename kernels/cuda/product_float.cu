// Products with float activations. F32, F16 and BF16 weights lie row after row as in the file: a
// warp takes a row.
#include "kernels/cuda/product_tiles.cuh"
#include "kernels/formats/half.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kWarps = 4;

struct LoadF32 {
    using Stored = float;
    GPU_FUNCTION float value(float stored) { return stored; }
};
struct LoadF16 {
    using Stored = std::uint16_t;
    GPU_FUNCTION float value(std::uint16_t stored) { return gpu::half_value(stored); }
};
struct LoadBF16 {
    using Stored = std::uint16_t;
    GPU_FUNCTION float value(std::uint16_t stored) { return bfloat_to_float(stored); }
};

// block_x: group of kWarps rows; block_y: group of N tokens.
template <class Load, int N>
GPU_KERNEL row_kernel(const typename Load::Stored* weight, const float* x, const float* bias,
                      float* out, int rows, int columns, int x_stride, int out_stride, int tokens) {
    const int lane = gpu::thread() % 32;
    const int row = gpu::block_x() * kWarps + gpu::thread() / 32;
    if (row >= rows) return;
    const int first_token = gpu::block_y() * N;
    const typename Load::Stored* from = weight + static_cast<std::int64_t>(row) * columns;

    float sum[N];
    for (int n = 0; n < N; ++n) sum[n] = 0.0f;
    for (int c = lane; c < columns; c += 32) {
        const float w = Load::value(from[c]);
        for (int n = 0; n < N; ++n) {
            const int token = first_token + n < tokens ? first_token + n : tokens - 1;
            sum[n] += w * x[static_cast<std::int64_t>(token) * x_stride + c];
        }
    }
    for (int n = 0; n < N; ++n) {
        for (int mask = 16; mask > 0; mask /= 2) sum[n] += gpu::shuffle_xor(sum[n], mask);
        const int token = first_token + n;
        if (lane == 0 && token < tokens) {
            out[static_cast<std::int64_t>(token) * out_stride + row] =
                sum[n] + (bias == nullptr ? 0.0f : bias[row]);
        }
    }
}

template <class Load, int N>
int launch_rows(StreamHandle stream, const Product& product, const float* x, int x_stride,
                int tokens) {
    const gpu::Grid grid = {static_cast<int>((product.rows + kWarps - 1) / kWarps),
                            (tokens + N - 1) / N};
    return gpu::launch(row_kernel<Load, N>, grid, 32 * kWarps, static_cast<gpu::Stream>(stream),
                       static_cast<const typename Load::Stored*>(product.weight), x, product.bias,
                       product.out, static_cast<int>(product.rows),
                       static_cast<int>(product.columns), x_stride, product.out_stride, tokens);
}

template <class Load>
int launch_rows(StreamHandle stream, const Product& product, const float* x, int x_stride,
                int tokens) {
    return tokens == 1 ? launch_rows<Load, 1>(stream, product, x, x_stride, tokens)
                       : launch_rows<Load, 4>(stream, product, x, x_stride, tokens);
}

}  // namespace

int multiply_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                   int tokens) {
    switch (product.format) {
        case Format::F32:
            return launch_rows<LoadF32>(stream, product, x, x_stride, tokens);
        case Format::F16:
            return launch_rows<LoadF16>(stream, product, x, x_stride, tokens);
        case Format::BF16:
            return launch_rows<LoadBF16>(stream, product, x, x_stride, tokens);
        default:
            return multiply_codes_float(stream, product, x, x_stride, tokens);
    }
}

}  // namespace deepwell::kernels::cuda
