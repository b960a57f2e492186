#include "kernels/cuda/expand.h"
#include "kernels/cuda/unit_formats.cuh"
#include "kernels/formats/half.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kThreads = 128;

GPU_FUNCTION void store(std::uint16_t* to, float value) {
    *to = half_from_float(value);
}
GPU_FUNCTION void store(float* to, float value) {
    *to = value;
}

// block_x: row tile of the band; block_y: unit. Lane = row.
template <class Format, class Element>
GPU_KERNEL expand_units_kernel(const std::uint8_t* weight, const CodeBooks* books, Element* out,
                               int count, int columns) {
    const int lane = gpu::thread();
    const int row = gpu::block_x() * kTileRows + lane;
    const int units = (columns + kUnit - 1) / kUnit;
    const std::uint8_t* tile =
        weight + (static_cast<std::int64_t>(gpu::block_x()) * units + gpu::block_y()) *
                     Format::kBytes * kTileRows;
    if (row >= count) return;
    alignas(16) std::uint8_t unit[Format::kBytes];
    gather_unit<Format>(tile, lane, unit);
    Codes codes;
    Element* to = out + static_cast<std::int64_t>(row) * columns + gpu::block_y() * kUnit;
    for (int b = 0; b < 8 && gpu::block_y() * kUnit + 32 * b < columns; ++b) {
        Format::take(unit, *books, b, codes);
        for (int k = 0; k < 32; ++k) {
            store(to + 32 * b + k,
                  codes.scale[k / 16] * static_cast<float>(codes.code[k]) + codes.offset[k / 16]);
        }
    }
}

// Halves and bfloats to floats. block_x: row; block_y, thread: column.
GPU_KERNEL widen_kernel(const std::uint16_t* weight, float* out, int columns, int bfloat) {
    const int column = gpu::block_y() * gpu::block_size() + gpu::thread();
    if (column >= columns) return;
    const std::int64_t at = static_cast<std::int64_t>(gpu::block_x()) * columns + column;
    out[at] = bfloat != 0 ? bfloat_to_float(weight[at]) : gpu::half_value(weight[at]);
}

template <class Element>
int expand_units(StreamHandle stream, const Product& product, std::int64_t first, int count,
                 Element* out) {
    const int units = static_cast<int>(units_of(product.columns));
    const auto* tiles = static_cast<const std::uint8_t*>(product.weight) +
                        first / kTileRows * tile_row_bytes(product.format, product.columns);
    return with_codes(product.format, [&](auto format) {
        const gpu::Grid grid = {static_cast<int>(tiles_of(count)), units};
        return gpu::launch(expand_units_kernel<decltype(format), Element>, grid, kTileRows,
                           static_cast<gpu::Stream>(stream), tiles, product.code_books, out, count,
                           static_cast<int>(product.columns));
    });
}

// The smallest power of two that is not below `value`; 1 for 0.
GPU_FUNCTION float power_of_two_above(float value) {
    const std::uint32_t bits = bits_from_float(value);
    if (bits == 0 || bits >= 0x7f000000u) return bits == 0 ? 1.0f : 0x1p127f;
    const std::uint32_t up = (bits + 0x007fffffu) & 0x7f800000u;
    return float_from_bits(up < 0x00800000u ? 0x00800000u : up);
}

// A token a block. block_x: token.
GPU_KERNEL expand_activations_kernel(const ActivationUnit* x, int units, int columns,
                                     std::uint16_t* halves, float* scales) {
    GPU_SHARED(float, largest, kThreads / 32);
    const ActivationUnit* from = x + static_cast<std::int64_t>(gpu::block_x()) * units;
    float most = 0.0f;
    for (int b = gpu::thread(); b < 8 * units; b += kThreads) {
        most = fmaxf(most, from[b / 8].d[b % 8]);
    }
    for (int mask = 16; mask > 0; mask /= 2) most = fmaxf(most, gpu::shuffle_xor(most, mask));
    if (gpu::thread() % 32 == 0) largest[gpu::thread() / 32] = most;
    gpu::sync();
    for (int w = 0; w < kThreads / 32; ++w) most = fmaxf(most, largest[w]);
    // |q| is at most 127, so 32 * 127 < 4,096 is the largest half.
    const float scale = power_of_two_above(most) / 32.0f;
    if (gpu::thread() == 0) scales[gpu::block_x()] = scale;
    std::uint16_t* to = halves + static_cast<std::int64_t>(gpu::block_x()) * columns;
    for (int c = gpu::thread(); c < columns; c += kThreads) {
        const ActivationUnit& unit = from[c / kUnit];
        const int in_unit = c % kUnit;
        const float d = unit.d[in_unit / 32] / scale;
        to[c] = half_from_float(d * static_cast<float>(unit.q[in_unit]));
    }
}

// block_x: token; block_y, thread: row of the weight.
GPU_KERNEL finish_kernel(float* out, int out_stride, const float* scales, const float* bias,
                         int rows) {
    const int row = gpu::block_y() * gpu::block_size() + gpu::thread();
    if (row >= rows) return;
    float& value = out[static_cast<std::int64_t>(gpu::block_x()) * out_stride + row];
    const float scale = scales == nullptr ? 1.0f : scales[gpu::block_x()];
    value = value * scale + (bias == nullptr ? 0.0f : bias[row]);
}

int groups_of(std::int64_t count) {
    return static_cast<int>((count + kThreads - 1) / kThreads);
}

}  // namespace

int expand_weights(StreamHandle stream, const Product& product, MatrixProduct::Element element,
                   std::int64_t first, int count, void* out) {
    if (product.format == Format::F16 || product.format == Format::BF16) {
        const auto* from =
            static_cast<const std::uint16_t*>(product.weight) + first * product.columns;
        return gpu::launch(widen_kernel, {count, groups_of(product.columns)}, kThreads,
                           static_cast<gpu::Stream>(stream), from, static_cast<float*>(out),
                           static_cast<int>(product.columns),
                           product.format == Format::BF16 ? 1 : 0);
    }
    return element == MatrixProduct::Element::Half
               ? expand_units(stream, product, first, count, static_cast<std::uint16_t*>(out))
               : expand_units(stream, product, first, count, static_cast<float*>(out));
}

int expand_activations(StreamHandle stream, const ActivationUnit* x, int columns, int tokens,
                       std::uint16_t* halves, float* scales) {
    return gpu::launch(expand_activations_kernel, {tokens, 1}, kThreads,
                       static_cast<gpu::Stream>(stream), x, static_cast<int>(units_of(columns)),
                       columns, halves, scales);
}

int finish_product(StreamHandle stream, const Product& product, const float* scales, int tokens) {
    if (scales == nullptr && product.bias == nullptr) return 0;
    return gpu::launch(finish_kernel, {tokens, groups_of(product.rows)}, kThreads,
                       static_cast<gpu::Stream>(stream), product.out, product.out_stride, scales,
                       product.bias, static_cast<int>(product.rows));
}

}  // namespace deepwell::kernels::cuda
