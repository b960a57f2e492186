// Half and bfloat conversions without compiler types for halves (clang 14 and nvcc 11.8 read this).
#pragma once

#include <cstdint>
#include <cstring>

// Every function of this folder has internal linkage: a file compiled for a newer instruction set
// that uses one can then never hand its version to the rest of the program.
// What reads a code book stays on the host: device code would need a table of its own.
#define DEEPWELL_FORMAT_HOST_FUNCTION static inline
#ifdef __CUDACC__
#define DEEPWELL_FORMAT_FUNCTION static __host__ __device__ inline
#else
#define DEEPWELL_FORMAT_FUNCTION static inline
#endif

namespace deepwell::kernels {

DEEPWELL_FORMAT_FUNCTION float float_from_bits(std::uint32_t bits) {
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

DEEPWELL_FORMAT_FUNCTION std::uint32_t bits_from_float(float value) {
    std::uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// IEEE half to float32, exact; subnormals, infinities and NaN included.
DEEPWELL_FORMAT_FUNCTION float half_to_float(std::uint16_t half) {
    const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
    const std::uint32_t magnitude = half & 0x7fffu;
    if (magnitude >= 0x7c00u) {
        return float_from_bits(sign | 0x7f800000u | ((magnitude & 0x3ffu) << 13));
    }
    if (magnitude >= 0x0400u) return float_from_bits(sign | ((magnitude + 0x1c000u) << 13));
    // A subnormal half is a whole number of 2^-24: exact in float32.
    const float value = static_cast<float>(magnitude) * 0x1p-24f;
    return float_from_bits(sign | bits_from_float(value));
}

// float32 to IEEE half, nearest, ties to even; what is too large becomes infinity.
DEEPWELL_FORMAT_FUNCTION std::uint16_t half_from_float(float value) {
    const std::uint32_t bits = bits_from_float(value);
    const std::uint32_t sign = (bits >> 16) & 0x8000u;
    const std::uint32_t magnitude = bits & 0x7fffffffu;
    if (magnitude > 0x7f800000u) return static_cast<std::uint16_t>(sign | 0x7e00u);
    if (magnitude >= 0x477ff000u) return static_cast<std::uint16_t>(sign | 0x7c00u);
    if (magnitude < 0x38800000u) {
        // Below the smallest normal half: adding 0.5 leaves the multiple of 2^-24 in the low bits.
        const float shifted = float_from_bits(magnitude) + 0.5f;
        return static_cast<std::uint16_t>(sign | (bits_from_float(shifted) - 0x3f000000u));
    }
    const std::uint32_t odd = (magnitude >> 13) & 1u;
    return static_cast<std::uint16_t>(sign | ((magnitude - 0x38000000u + 0xfffu + odd) >> 13));
}

// bfloat16 is the upper half of a float32.
DEEPWELL_FORMAT_FUNCTION float bfloat_to_float(std::uint16_t bfloat) {
    return float_from_bits(static_cast<std::uint32_t>(bfloat) << 16);
}

// Unaligned little-endian loads: fields of blocks may start anywhere.
DEEPWELL_FORMAT_FUNCTION std::uint16_t load_u16(const void* from) {
    std::uint16_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

DEEPWELL_FORMAT_FUNCTION std::uint32_t load_u32(const void* from) {
    std::uint32_t value;
    memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace deepwell::kernels
