// What the products must know of a format's numbers. A weight of block b (32 columns) of a row is
//
//   d * scale * (code - offset)  -  or +  m * minimum
//
// with whole-number codes, scales and minima. Each product is defined by these sums, in this order:
//
//   S_b = sum over the block of scale * (code - offset) * q_x        whole number below 2^24: exact
//   super-blocks (256 columns):  u = fma(S_b, d_x, u) over its blocks from 0;
//                                v = fma(minimum, d_x * sum q_x, v) likewise;
//                                row = fma(d, u, row), then row = fma(m, v, row)
//   single blocks (32 columns):  row = fma(d, S_b * d_x, row), then row = fma(m, d_x * sum q_x,
//   row)
#pragma once

#include "kernels/cpu/simd/inline.h"
#include "kernels/formats/format.h"

namespace deepwell::kernels::cpu {

template <int kScalesABlock, int kMinimaABlock, bool kSuperBlock, CodeRange kCodeRange,
          int kOffset2>
struct Traits {
    static constexpr int kScales = kScalesABlock;  // 0 (none), 1, or 2: one for each 16 columns
    static constexpr int kMinima = kMinimaABlock;  // likewise; single blocks: 1 = m times 1
    static constexpr bool kSuper = kSuperBlock;
    static constexpr CodeRange kRange = kCodeRange;
    static constexpr int kOffsetBits = kOffset2;  // offset = 2^kOffsetBits; -1: none
};

template <Format kFormat>
struct TraitsOf;

template <>
struct TraitsOf<Format::Q4_0> {
    using type = Traits<0, 0, false, CodeRange::four_bits, 3>;
};
template <>
struct TraitsOf<Format::Q4_1> {
    using type = Traits<0, 1, false, CodeRange::four_bits, -1>;
};
template <>
struct TraitsOf<Format::Q5_0> {
    using type = Traits<0, 0, false, CodeRange::five_bits, 4>;
};
template <>
struct TraitsOf<Format::Q5_1> {
    using type = Traits<0, 1, false, CodeRange::five_bits, -1>;
};
template <>
struct TraitsOf<Format::Q8_0> {
    using type = Traits<0, 0, false, CodeRange::eight_bits, 7>;
};
template <>
struct TraitsOf<Format::IQ4_NL> {
    using type = Traits<0, 0, false, CodeRange::eight_bits, 7>;
};
template <>
struct TraitsOf<Format::MXFP4> {
    using type = Traits<0, 0, false, CodeRange::five_bits, 4>;
};
template <>
struct TraitsOf<Format::Q2_K> {
    using type = Traits<2, 2, true, CodeRange::four_bits, -1>;
};
template <>
struct TraitsOf<Format::Q3_K> {
    using type = Traits<2, 0, true, CodeRange::four_bits, 2>;
};
template <>
struct TraitsOf<Format::Q4_K> {
    using type = Traits<1, 1, true, CodeRange::four_bits, -1>;
};
template <>
struct TraitsOf<Format::Q5_K> {
    using type = Traits<1, 1, true, CodeRange::five_bits, -1>;
};
template <>
struct TraitsOf<Format::Q6_K> {
    using type = Traits<2, 0, true, CodeRange::six_bits, 5>;
};
template <>
struct TraitsOf<Format::IQ4_XS> {
    using type = Traits<1, 0, true, CodeRange::eight_bits, 7>;
};
template <>
struct TraitsOf<Format::IQ2_XXS> {
    using type = Traits<1, 0, true, CodeRange::seven_bits, 6>;
};
template <>
struct TraitsOf<Format::IQ2_XS> {
    using type = Traits<2, 0, true, CodeRange::seven_bits, 6>;
};
template <>
struct TraitsOf<Format::IQ2_S> {
    using type = Traits<2, 0, true, CodeRange::seven_bits, 6>;
};
template <>
struct TraitsOf<Format::IQ3_XXS> {
    using type = Traits<1, 0, true, CodeRange::seven_bits, 6>;
};
template <>
struct TraitsOf<Format::IQ3_S> {
    using type = Traits<1, 0, true, CodeRange::five_bits, 4>;
};
template <>
struct TraitsOf<Format::IQ1_S> {
    using type = Traits<1, 0, true, CodeRange::five_bits, 4>;
};
template <>
struct TraitsOf<Format::IQ1_M> {
    using type = Traits<2, 0, true, CodeRange::five_bits, 4>;
};
template <>
struct TraitsOf<Format::TQ1_0> {
    using type = Traits<0, 0, true, CodeRange::four_bits, 0>;
};
template <>
struct TraitsOf<Format::TQ2_0> {
    using type = Traits<0, 0, true, CodeRange::four_bits, 0>;
};

}  // namespace deepwell::kernels::cpu
