// The weight formats: their numbers in files, block sizes and reference decoders.
//
// A row of a tensor is columns / values blocks, back to back, of `bytes` bytes each. The table of
// all formats is in table.h; each format's layout and decoder is in a header of its own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace deepwell::kernels {

// The numbers are those of GGUF files (ggml type ids).
enum class Format : std::uint32_t {
    F32 = 0,
    F16 = 1,
    Q4_0 = 2,
    Q4_1 = 3,
    Q5_0 = 6,
    Q5_1 = 7,
    Q8_0 = 8,
    Q2_K = 10,
    Q3_K = 11,
    Q4_K = 12,
    Q5_K = 13,
    Q6_K = 14,
    IQ2_XXS = 16,
    IQ2_XS = 17,
    IQ3_XXS = 18,
    IQ1_S = 19,
    IQ4_NL = 20,
    IQ3_S = 21,
    IQ2_S = 22,
    IQ4_XS = 23,
    IQ1_M = 29,
    BF16 = 30,
    TQ1_0 = 34,
    TQ2_0 = 35,
    MXFP4 = 39,
};

// What a product with such weights reads: float32 activations as they are, or the int8 blocks of
// activation.h.
enum class ActivationKind { float32, int8 };

struct FormatInfo {
    Format format;
    const char* name;           // as the field writes it: "Q4_K"
    std::int32_t block_values;  // values a block: 1, 32 or 256
    std::int32_t block_bytes;
    // Decodes one block to `block_values` float32: the definition of the format, bit by bit.
    void (*decode)(const void* block, float* values);
};

}  // namespace deepwell::kernels
