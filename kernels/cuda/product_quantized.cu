// Products with the quantized weights that models are most often made of, straight from the planes;
// product_codes.cu has all others.
#include "kernels/cuda/product_tiles.cuh"

namespace deepwell::kernels::cuda {
namespace {

GPU_FUNCTION int dot16(const gpu::Words4& w, std::uint32_t mask, int shift, const ActivationUnit& x,
                       int column) {
    int sum = 0;
    sum = gpu::dp4a(static_cast<int>((w.x >> shift) & mask), activation_word(x, column), sum);
    sum = gpu::dp4a(static_cast<int>((w.y >> shift) & mask), activation_word(x, column + 4), sum);
    sum = gpu::dp4a(static_cast<int>((w.z >> shift) & mask), activation_word(x, column + 8), sum);
    sum = gpu::dp4a(static_cast<int>((w.w >> shift) & mask), activation_word(x, column + 12), sum);
    return sum;
}

GPU_FUNCTION std::uint32_t half_bits(const gpu::Words4& w, int index) {
    const std::uint32_t word = index < 4 ? (index < 2 ? w.x : w.y) : (index < 6 ? w.z : w.w);
    return index % 2 == 0 ? word & 0xffffu : word >> 16;
}

// Each format: adds a unit of the lane's row times N activation units to sum[N].
struct UnitQ8_0 {
    static constexpr int kBytes = 272;

    template <int N>
    GPU_FUNCTION void add(const std::uint8_t* tile, int lane, const ActivationUnit* const* x,
                          const CodeBooks*, float* sum) {
        const gpu::Words4 scales = load_piece(tile, 16, lane);
        for (int b = 0; b < 8; ++b) {
            const gpu::Words4 low = load_piece(tile, 2 * b, lane);
            const gpu::Words4 high = load_piece(tile, 2 * b + 1, lane);
            const float d = gpu::half_value(static_cast<std::uint16_t>(half_bits(scales, b)));
            for (int n = 0; n < N; ++n) {
                const int dot = dot16(low, 0xffffffffu, 0, *x[n], 32 * b) +
                                dot16(high, 0xffffffffu, 0, *x[n], 32 * b + 16);
                sum[n] += d * (x[n]->d[b] * static_cast<float>(dot));
            }
        }
    }
};

struct UnitQ4_K {
    static constexpr int kBytes = 144;

    template <int N>
    GPU_FUNCTION void add(const std::uint8_t* tile, int lane, const ActivationUnit* const* x,
                          const CodeBooks*, float* sum) {
        const gpu::Words4 head = load_piece(tile, 0, lane);
        const float d = gpu::half_value(static_cast<std::uint16_t>(head.x & 0xffffu));
        const float dmin = gpu::half_value(static_cast<std::uint16_t>(head.x >> 16));
        // Four six-bit scales (and minima) at a time, a byte each.
        const std::uint32_t scales[2] = {head.y & 0x3f3f3f3fu,
                                         (head.w & 0x0f0f0f0fu) | ((head.y >> 2) & 0x30303030u)};
        const std::uint32_t minima[2] = {
            head.z & 0x3f3f3f3fu, ((head.w >> 4) & 0x0f0f0f0fu) | ((head.z >> 2) & 0x30303030u)};
        for (int j = 0; j < 8; ++j) {
            const gpu::Words4 first = load_piece(tile, 1 + j / 2 * 2, lane);
            const gpu::Words4 second = load_piece(tile, 2 + j / 2 * 2, lane);
            const int shift = j % 2 * 4;
            const float scale = d * static_cast<float>((scales[j / 4] >> (j % 4 * 8)) & 255u);
            const float minimum = dmin * static_cast<float>((minima[j / 4] >> (j % 4 * 8)) & 255u);
            for (int n = 0; n < N; ++n) {
                const int dot = dot16(first, 0x0f0f0f0fu, shift, *x[n], 32 * j) +
                                dot16(second, 0x0f0f0f0fu, shift, *x[n], 32 * j + 16);
                sum[n] +=
                    scale * (x[n]->d[j] * static_cast<float>(dot)) - minimum * x[n]->scaled_sum[j];
            }
        }
    }
};

struct UnitQ6_K {
    static constexpr int kBytes = 210;

    template <int N>
    GPU_FUNCTION void add(const std::uint8_t* tile, int lane, const ActivationUnit* const* x,
                          const CodeBooks*, float* sum) {
        const gpu::Words4 scale_bytes = load_piece(tile, 12, lane);
        const std::uint32_t scales[4] = {scale_bytes.x, scale_bytes.y, scale_bytes.z,
                                         scale_bytes.w};
        const float d = gpu::half_value(
            *reinterpret_cast<const std::uint16_t*>(tile + 13 * kPlaneBytes + 2 * lane));
        // Sixteen values at a time: half h of 128, run r of 32 in it, part p of 16.
        for (int i = 0; i < 16; ++i) {
            const int h = i / 8;
            const int r = i / 2 % 4;
            const int p = i % 2;
            const gpu::Words4 low = load_piece(tile, 4 * h + r % 2 * 2 + p, lane);
            const gpu::Words4 high = load_piece(tile, 8 + 2 * h + p, lane);
            const int low_shift = r / 2 * 4;
            gpu::Words4 q;
            q.x = ((low.x >> low_shift) & 0x0f0f0f0fu) | (((high.x >> (2 * r)) & 0x03030303u) << 4);
            q.y = ((low.y >> low_shift) & 0x0f0f0f0fu) | (((high.y >> (2 * r)) & 0x03030303u) << 4);
            q.z = ((low.z >> low_shift) & 0x0f0f0f0fu) | (((high.z >> (2 * r)) & 0x03030303u) << 4);
            q.w = ((low.w >> low_shift) & 0x0f0f0f0fu) | (((high.w >> (2 * r)) & 0x03030303u) << 4);
            const float scale =
                d * static_cast<float>(static_cast<std::int8_t>(scales[i / 4] >> (i % 4 * 8)));
            for (int n = 0; n < N; ++n) {
                const int dot = dot16(q, 0xffffffffu, 0, *x[n], 16 * i) - 32 * x[n]->sum16[i];
                sum[n] += scale * (x[n]->d[i / 2] * static_cast<float>(dot));
            }
        }
    }
};

}  // namespace

int multiply_quantized(StreamHandle stream, const Product& product, const ActivationUnit* x,
                       int tokens) {
    switch (product.format) {
        case Format::Q8_0:
            return launch_product<UnitQ8_0>(stream, product, x, tokens);
        case Format::Q4_K:
            return launch_product<UnitQ4_K>(stream, product, x, tokens);
        case Format::Q6_K:
            return launch_product<UnitQ6_K>(stream, product, x, tokens);
        default:
            return multiply_codes(stream, product, x, tokens);
    }
}

}  // namespace deepwell::kernels::cuda
