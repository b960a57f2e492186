// A tile's weights as float32 planes: for products of quantized weights with float activations.
#pragma once

#include "kernels/cpu/product/int8_kernel.h"

namespace deepwell::kernels::cpu {

// values: [32 * blocks columns][16 rows]; each weight as the format's decoder gives it, but for the
// sign of zero.
template <class L, class T>
struct TileFloats {
    static void run(const Tile& tile, int blocks, float* values) {
        using R = TileReader<L, T>;
        const auto byte = L::set_int(0xff);
        const auto offset =
            L::set(T::kOffsetBits < 0 ? 0.0f : static_cast<float>(1 << (T::kOffsetBits & 31)));
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            for (int b = 0; b < blocks; ++b) {
                typename L::Ints codes[8];
                UnitHead<L> head;
                R::head(tile, lane, T::kSuper ? 0 : b, head);
                R::codes(tile, lane, b, codes);
                for (int q = 0; q < 8; ++q) {
                    auto scale = head.d;
                    if constexpr (T::kScales > 0) {
                        const int index = T::kScales * b + (T::kScales == 2 ? q / 4 : 0);
                        scale = L::mul(head.d, R::scale(tile, lane, index));
                    }
                    auto shift = L::set(0.0f);
                    if constexpr (T::kMinima > 0) {
                        shift = head.m;
                        if constexpr (T::kSuper) {
                            const int index = T::kMinima * b + (T::kMinima == 2 ? q / 4 : 0);
                            shift = L::mul(head.m, R::minimum(tile, lane, index));
                        }
                    }
                    for (int k = 0; k < 4; ++k) {
                        const auto code = L::bit_and(L::shift_right_by(codes[q], 8 * k), byte);
                        const auto value = L::sub(L::to_floats(code), offset);
                        L::store(values + 16 * (32 * b + 4 * q + k) + lane,
                                 L::add(L::mul(scale, value), shift));
                    }
                }
            }
        }
    }
};

}  // namespace deepwell::kernels::cpu
