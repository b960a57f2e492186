// Products of float32 activations with float planes, on lanes.
//
// A plane holds one column of 16 rows. Columns c with the same c mod 4 have a sum of their own;
// after at most 256 columns the four are added as (0 + 1) + (2 + 3), and that to the row's sum.
#pragma once

#include "kernels/cpu/simd/inline.h"

namespace deepwell::kernels::cpu {

constexpr int kFloatChunk = 256;

template <class L>
struct Float32Plane {
    static constexpr int kBytes = 4;
    DEEPWELL_INLINE typename L::Floats load(const std::uint8_t* p) {
        return L::load(reinterpret_cast<const float*>(p));
    }
};

template <class L>
struct HalfPlane {
    static constexpr int kBytes = 2;
    DEEPWELL_INLINE typename L::Floats load(const std::uint8_t* p) { return L::load_halves(p); }
};

template <class L>
struct BfloatPlane {
    static constexpr int kBytes = 2;
    DEEPWELL_INLINE typename L::Floats load(const std::uint8_t* p) { return L::load_bfloats(p); }
};

template <class L, class Plane, int kTokens>
struct FloatKernel {
    using Floats = typename L::Floats;

    DEEPWELL_INLINE void half(const std::uint8_t* planes, int columns, const float* const* x,
                              float* out) {
        Floats sums[kTokens][4];
#pragma GCC unroll 4
        for (int t = 0; t < kTokens; ++t) {
#pragma GCC unroll 4
            for (int i = 0; i < 4; ++i) sums[t][i] = L::set(0.0f);
        }
        int c = 0;
        for (; c + 4 <= columns; c += 4) {
#pragma GCC unroll 4
            for (int i = 0; i < 4; ++i) {
                const Floats weight = Plane::load(planes + 16 * Plane::kBytes * (c + i));
#pragma GCC unroll 4
                for (int t = 0; t < kTokens; ++t) {
                    sums[t][i] = L::fma(weight, L::set(x[t][c + i]), sums[t][i]);
                }
            }
        }
#pragma GCC unroll 4
        for (int i = 0; i < 4; ++i) {
            if (c + i < columns) {
                const Floats weight = Plane::load(planes + 16 * Plane::kBytes * (c + i));
#pragma GCC unroll 4
                for (int t = 0; t < kTokens; ++t) {
                    sums[t][i] = L::fma(weight, L::set(x[t][c + i]), sums[t][i]);
                }
            }
        }
#pragma GCC unroll 4
        for (int t = 0; t < kTokens; ++t) {
            const Floats sum =
                L::add(L::add(sums[t][0], sums[t][1]), L::add(sums[t][2], sums[t][3]));
            L::store(out + 16 * t, L::add(L::load(out + 16 * t), sum));
        }
    }

    // At most kFloatChunk columns, added to sums [kTokens][16].
    static void run(const std::uint8_t* planes, int columns, const float* const* x, float* sums) {
        for (int lane = 0; lane < 16; lane += L::kWidth) {
            half(planes + Plane::kBytes * lane, columns, x, sums + lane);
        }
    }
};

}  // namespace deepwell::kernels::cpu
