// exp on lanes, within about an ulp, with the same bits on every instruction set.
#pragma once

#include "kernels/cpu/simd/inline.h"

namespace deepwell::kernels::cpu {

// x is taken into [-87, 88] first, so exp(-infinity) is 1.6e-38 and not zero.
template <class L>
struct Exponential {
    using Floats = typename L::Floats;

    DEEPWELL_INLINE Floats of(Floats x) {
        x = L::min(L::max(x, L::set(-87.0f)), L::set(88.0f));
        // x = n ln 2 + r; adding 1.5 * 2^23 leaves n in the low bits.
        const Floats magic = L::set(12582912.0f);
        const Floats shifted = L::fma(x, L::set(1.44269504f), magic);
        const Floats n = L::sub(shifted, magic);
        Floats r = L::fma(n, L::set(-0.693359375f), x);
        r = L::fma(n, L::set(2.12194440e-4f), r);
        // Taylor: the rest after r^7 is below 1e-8 for |r| < ln 2 / 2.
        Floats p = L::set(1.0f / 5040.0f);
        p = L::fma(p, r, L::set(1.0f / 720.0f));
        p = L::fma(p, r, L::set(1.0f / 120.0f));
        p = L::fma(p, r, L::set(1.0f / 24.0f));
        p = L::fma(p, r, L::set(1.0f / 6.0f));
        p = L::fma(p, r, L::set(0.5f));
        p = L::fma(p, r, L::set(1.0f));
        p = L::fma(p, r, L::set(1.0f));
        const auto exponent = L::template shift_left<23>(L::bits(shifted));
        return L::mul(p, L::from_bits(L::add_ints(exponent, L::set_int(0x3f800000u))));
    }
};

}  // namespace deepwell::kernels::cpu
