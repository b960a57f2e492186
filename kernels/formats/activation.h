// The one rule for activations, for every backend, instruction set and batch size: before a product
// with quantized weights the input becomes int8 in blocks of 32,
//
//   d = max |x| / 127  in float32, not rounded to half;   q = x * (1 / d), nearest, ties to even.
//
// With it the error of the goldens is 0.36-0.99 of the best peer's; one scale per 256 values would
// break their bound.
#pragma once

#include <cmath>
#include <cstdint>

#include "kernels/formats/half.h"

namespace deepwell::kernels {

constexpr std::int32_t kActivationBlock = 32;

// Nearest integer, ties to even, for |x| < 2^22, whatever the rounding helpers of the host:
// adding 1.5 * 2^23 leaves the rounded value in the low bits.
DEEPWELL_FORMAT_FUNCTION std::int32_t round_to_even(float x) {
    const float shifted = x + 12582912.0f;
    return static_cast<std::int32_t>(bits_from_float(shifted)) - 0x4b400000;
}

// Quantizes one block of 32 values; returns d. A block of zeros gives d = 0, and a block whose
// largest value is so small that 1 / d overflows is taken for zeros too (it is below 1e-36).
// NaN counts as 0 in the search for the maximum, and an infinity makes d infinite; q stays in
// -127..127 in any case.
DEEPWELL_FORMAT_FUNCTION float quantize_activation_block(const float* x, std::int8_t* q) {
    float largest = 0.0f;
    for (int i = 0; i < kActivationBlock; ++i) {
        const float magnitude = float_from_bits(bits_from_float(x[i]) & 0x7fffffffu);
        largest = magnitude > largest ? magnitude : largest;
    }
    const float d = largest / 127.0f;
    const float inverse = d > 1e-37f ? 1.0f / d : 0.0f;
    for (int i = 0; i < kActivationBlock; ++i) {
        float scaled = x[i] * inverse;
        scaled = scaled < 127.0f ? scaled : 127.0f;
        scaled = scaled > -127.0f ? scaled : -127.0f;
        q[i] = static_cast<std::int8_t>(round_to_even(scaled));
    }
    return d > 1e-37f ? d : 0.0f;
}

}  // namespace deepwell::kernels
