// The frame of products with weights in unit planes. Lane = row: no shuffles, no reduction in the
// warp; the warps of a block share out the units and add their sums through shared memory, in
// order. A `Unit` adds one unit of the lane's row times N activation units to sum[N]:
//
//   static constexpr int kBytes;
//   template <int N> void add(tile, lane, const ActivationUnit* const* x, code books, float* sum);
#pragma once

#include "kernels/cuda/code_books.h"
#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"
#include "kernels/cuda/planes.h"

namespace deepwell::kernels::cuda {

constexpr int kProductWarps = 8;

// multiply_quantized for the formats without a product of their own (product_codes.cu).
int multiply_codes(StreamHandle stream, const Product& product, const ActivationUnit* x,
                   int tokens);
// multiply_float for MXFP4.
int multiply_codes_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                         int tokens);

GPU_FUNCTION gpu::Words4 load_piece(const std::uint8_t* tile, int plane, int lane) {
    return *reinterpret_cast<const gpu::Words4*>(tile + plane * kPlaneBytes + lane * 16);
}

// Four activations from `column` on, which is a multiple of four.
GPU_FUNCTION int activation_word(const ActivationUnit& unit, int column) {
    return *reinterpret_cast<const int*>(unit.q + column);
}

// After a barrier: the sums of all warps, [warp][N][lane], become rows of the result.
template <int N>
GPU_FUNCTION void write_products(const float* partial, const float* bias, float* out, int rows,
                                 int out_stride, int tokens) {
    const int lane = gpu::thread() % 32;
    const int warps = gpu::block_size() / 32;
    const int row = gpu::block_x() * kTileRows + lane;
    if (row >= rows) return;
    for (int n = gpu::thread() / 32; n < N; n += warps) {
        const int token = gpu::block_y() * N + n;
        if (token >= tokens) continue;
        float total = bias == nullptr ? 0.0f : bias[row];
        for (int w = 0; w < warps; ++w) total += partial[(w * N + n) * kTileRows + lane];
        out[static_cast<std::int64_t>(token) * out_stride + row] = total;
    }
}

template <int N>
gpu::Grid product_grid(const Product& product, int tokens) {
    return {static_cast<int>(tiles_of(product.rows)), (tokens + N - 1) / N};
}

inline int product_threads(int units) {
    return 32 * (units < kProductWarps ? units : kProductWarps);
}

// block_x: row tile; block_y: group of N tokens.
template <class Unit, int N>
GPU_KERNEL product_kernel(const std::uint8_t* weight, const ActivationUnit* x,
                          const CodeBooks* books, const float* bias, float* out, int rows,
                          int units, int out_stride, int tokens) {
    GPU_SHARED(float, partial, kProductWarps* N* kTileRows);
    const int lane = gpu::thread() % 32;
    const int warp = gpu::thread() / 32;
    const int warps = gpu::block_size() / 32;
    const int first_token = gpu::block_y() * N;
    const std::uint8_t* tiles =
        weight + static_cast<std::int64_t>(gpu::block_x()) * units * Unit::kBytes * kTileRows;

    float sum[N];
    for (int n = 0; n < N; ++n) sum[n] = 0.0f;
    for (int unit = warp; unit < units; unit += warps) {
        const ActivationUnit* here[N];
        for (int n = 0; n < N; ++n) {
            const int token = first_token + n < tokens ? first_token + n : tokens - 1;
            here[n] = x + static_cast<std::int64_t>(token) * units + unit;
        }
        Unit::template add<N>(tiles + static_cast<std::int64_t>(unit) * Unit::kBytes * kTileRows,
                              lane, here, books, sum);
    }
    for (int n = 0; n < N; ++n) partial[(warp * N + n) * kTileRows + lane] = sum[n];
    gpu::sync();
    write_products<N>(partial, bias, out, rows, out_stride, tokens);
}

template <class Unit, int N>
int launch_product(StreamHandle stream, const Product& product, const ActivationUnit* x,
                   int tokens) {
    const int units = static_cast<int>(units_of(product.columns));
    return gpu::launch(product_kernel<Unit, N>, product_grid<N>(product, tokens),
                       product_threads(units), static_cast<gpu::Stream>(stream),
                       static_cast<const std::uint8_t*>(product.weight), x, product.code_books,
                       product.bias, product.out, static_cast<int>(product.rows), units,
                       product.out_stride, tokens);
}

template <class Unit>
int launch_product(StreamHandle stream, const Product& product, const ActivationUnit* x,
                   int tokens) {
    return tokens == 1 ? launch_product<Unit, 1>(stream, product, x, tokens)
                       : launch_product<Unit, 8>(stream, product, x, tokens);
}

}  // namespace deepwell::kernels::cuda
