// Products with all quantized weights that have no product of their own: a lane takes its unit
// apart (unit_codes.cuh) block by block. Right for every format, and made for that alone.
#include <type_traits>

#include "kernels/cuda/unit_formats.cuh"

namespace deepwell::kernels::cuda {
namespace {

template <class Format>
struct UnitOf {
    static constexpr int kBytes = Format::kBytes;

    template <int N>
    GPU_FUNCTION void add(const std::uint8_t* tile, int lane, const ActivationUnit* const* x,
                          const CodeBooks* books, float* sum) {
        alignas(16) std::uint8_t unit[kBytes];
        gather_unit<Format>(tile, lane, unit);
        Codes codes;
        for (int b = 0; b < 8; ++b) {
            Format::take(unit, *books, b, codes);
            for (int n = 0; n < N; ++n) {
                for (int h = 0; h < 2; ++h) {
                    int dot = 0;
                    for (int i = 16 * h; i < 16 * h + 16; i += 4) {
                        std::int32_t word;
                        memcpy(&word, codes.code + i, 4);
                        dot = gpu::dp4a(word, activation_word(*x[n], 32 * b + i), dot);
                    }
                    const float d = x[n]->d[b];
                    sum[n] += codes.scale[h] * (d * static_cast<float>(dot)) +
                              codes.offset[h] * (d * static_cast<float>(x[n]->sum16[2 * b + h]));
                }
            }
        }
    }
};

// Float activations. block_x: row tile; block_y: group of N tokens; warps share out the units.
template <class Format, int N>
GPU_KERNEL float_kernel(const std::uint8_t* weight, const float* x, int x_stride,
                        const CodeBooks* books, const float* bias, float* out, int rows,
                        int columns, int out_stride, int tokens) {
    GPU_SHARED(float, partial, kProductWarps* N* kTileRows);
    const int lane = gpu::thread() % 32;
    const int warp = gpu::thread() / 32;
    const int warps = gpu::block_size() / 32;
    const int first_token = gpu::block_y() * N;
    const int units = (columns + kUnit - 1) / kUnit;
    const std::uint8_t* tiles =
        weight + static_cast<std::int64_t>(gpu::block_x()) * units * Format::kBytes * kTileRows;

    float sum[N];
    for (int n = 0; n < N; ++n) sum[n] = 0.0f;
    alignas(16) std::uint8_t bytes[Format::kBytes];
    Codes codes;
    for (int unit = warp; unit < units; unit += warps) {
        gather_unit<Format>(tiles + static_cast<std::int64_t>(unit) * Format::kBytes * kTileRows,
                            lane, bytes);
        // Whole blocks alone are weights: columns are a multiple of 32.
        for (int b = 0; b < 8 && unit * kUnit + 32 * b < columns; ++b) {
            Format::take(bytes, *books, b, codes);
            for (int n = 0; n < N; ++n) {
                const int token = first_token + n < tokens ? first_token + n : tokens - 1;
                const float* values =
                    x + static_cast<std::int64_t>(token) * x_stride + unit * kUnit + 32 * b;
                for (int h = 0; h < 2; ++h) {
                    float dot = 0.0f;
                    float all = 0.0f;
                    for (int i = 16 * h; i < 16 * h + 16; ++i) {
                        dot += static_cast<float>(codes.code[i]) * values[i];
                        all += values[i];
                    }
                    sum[n] += codes.scale[h] * dot + codes.offset[h] * all;
                }
            }
        }
    }
    for (int n = 0; n < N; ++n) partial[(warp * N + n) * kTileRows + lane] = sum[n];
    gpu::sync();
    write_products<N>(partial, bias, out, rows, out_stride, tokens);
}

template <class Format, int N>
int launch_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                 int tokens) {
    const int units = static_cast<int>(units_of(product.columns));
    return gpu::launch(
        float_kernel<Format, N>, product_grid<N>(product, tokens), product_threads(units),
        static_cast<gpu::Stream>(stream), static_cast<const std::uint8_t*>(product.weight), x,
        x_stride, product.code_books, product.bias, product.out, static_cast<int>(product.rows),
        static_cast<int>(product.columns), product.out_stride, tokens);
}

}  // namespace

int multiply_codes(StreamHandle stream, const Product& product, const ActivationUnit* x,
                   int tokens) {
    return with_codes(product.format, [&](auto format) {
        using Format = decltype(format);
        // These have products of their own (product_quantized.cu).
        if constexpr (std::is_same_v<Format, CodesQ8_0> || std::is_same_v<Format, CodesQ4_K> ||
                      std::is_same_v<Format, CodesQ6_K>) {
            return multiply_quantized(stream, product, x, tokens);
        } else {
            return launch_product<UnitOf<Format>>(stream, product, x, tokens);
        }
    });
}

int multiply_codes_float(StreamHandle stream, const Product& product, const float* x, int x_stride,
                         int tokens) {
    return tokens == 1 ? launch_float<CodesMXFP4, 1>(stream, product, x, x_stride, tokens)
                       : launch_float<CodesMXFP4, 4>(stream, product, x, x_stride, tokens);
}

}  // namespace deepwell::kernels::cuda
