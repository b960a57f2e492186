// All formats in one table, and what follows from it.
#pragma once

#include "kernels/formats/float_formats.h"
#include "kernels/formats/format.h"
#include "kernels/formats/iq1.h"
#include "kernels/formats/iq2.h"
#include "kernels/formats/iq3.h"
#include "kernels/formats/iq4.h"
#include "kernels/formats/mxfp4.h"
#include "kernels/formats/q2_k.h"
#include "kernels/formats/q3_k.h"
#include "kernels/formats/q4.h"
#include "kernels/formats/q4_k.h"
#include "kernels/formats/q5.h"
#include "kernels/formats/q5_k.h"
#include "kernels/formats/q6_k.h"
#include "kernels/formats/q8_0.h"
#include "kernels/formats/tq.h"

namespace deepwell::kernels {

// One row a format, in the order of their numbers.
static constexpr FormatInfo kFormats[] = {
    {Format::F32, "F32", 1, 4, decode_f32},
    {Format::F16, "F16", 1, 2, decode_f16},
    {Format::Q4_0, "Q4_0", 32, sizeof(BlockQ4_0), decode_q4_0},
    {Format::Q4_1, "Q4_1", 32, sizeof(BlockQ4_1), decode_q4_1},
    {Format::Q5_0, "Q5_0", 32, sizeof(BlockQ5_0), decode_q5_0},
    {Format::Q5_1, "Q5_1", 32, sizeof(BlockQ5_1), decode_q5_1},
    {Format::Q8_0, "Q8_0", 32, sizeof(BlockQ8_0), decode_q8_0},
    {Format::Q2_K, "Q2_K", 256, sizeof(BlockQ2_K), decode_q2_k},
    {Format::Q3_K, "Q3_K", 256, sizeof(BlockQ3_K), decode_q3_k},
    {Format::Q4_K, "Q4_K", 256, sizeof(BlockQ4_K), decode_q4_k},
    {Format::Q5_K, "Q5_K", 256, sizeof(BlockQ5_K), decode_q5_k},
    {Format::Q6_K, "Q6_K", 256, sizeof(BlockQ6_K), decode_q6_k},
    {Format::IQ2_XXS, "IQ2_XXS", 256, sizeof(BlockIQ2_XXS), decode_iq2_xxs},
    {Format::IQ2_XS, "IQ2_XS", 256, sizeof(BlockIQ2_XS), decode_iq2_xs},
    {Format::IQ3_XXS, "IQ3_XXS", 256, sizeof(BlockIQ3_XXS), decode_iq3_xxs},
    {Format::IQ1_S, "IQ1_S", 256, sizeof(BlockIQ1_S), decode_iq1_s},
    {Format::IQ4_NL, "IQ4_NL", 32, sizeof(BlockIQ4_NL), decode_iq4_nl},
    {Format::IQ3_S, "IQ3_S", 256, sizeof(BlockIQ3_S), decode_iq3_s},
    {Format::IQ2_S, "IQ2_S", 256, sizeof(BlockIQ2_S), decode_iq2_s},
    {Format::IQ4_XS, "IQ4_XS", 256, sizeof(BlockIQ4_XS), decode_iq4_xs},
    {Format::IQ1_M, "IQ1_M", 256, sizeof(BlockIQ1_M), decode_iq1_m},
    {Format::BF16, "BF16", 1, 2, decode_bf16},
    {Format::TQ1_0, "TQ1_0", 256, sizeof(BlockTQ1_0), decode_tq1_0},
    {Format::TQ2_0, "TQ2_0", 256, sizeof(BlockTQ2_0), decode_tq2_0},
    {Format::MXFP4, "MXFP4", 32, sizeof(BlockMXFP4), decode_mxfp4},
};

// The row of a format by its number in a file; null for a number that no format has.
static inline const FormatInfo* find_format(std::uint32_t id) {
    for (const FormatInfo& info : kFormats) {
        if (static_cast<std::uint32_t>(info.format) == id) return &info;
    }
    return nullptr;
}

// The row of a format. The enum has no value without one.
static inline const FormatInfo& format_info(Format format) {
    const FormatInfo* info = find_format(static_cast<std::uint32_t>(format));
    return info != nullptr ? *info : kFormats[0];
}

// Bytes of a row of `columns` values, a whole number of blocks. Columns come from files: the caller
// has checked that they are a multiple of block_values and small enough for the product.
static inline std::int64_t row_bytes(Format format, std::int64_t columns) {
    const FormatInfo& info = format_info(format);
    return columns / info.block_values * info.block_bytes;
}

// Float weights are multiplied with the activations as they are, all others with int8 blocks.
static inline ActivationKind activation_kind(Format format) {
    return format_info(format).block_values == 1 ? ActivationKind::float32 : ActivationKind::int8;
}

// Decodes `columns` values (whole blocks) of one row to float32.
static inline void decode_row(Format format, const void* row, std::int64_t columns, float* values) {
    const FormatInfo& info = format_info(format);
    const unsigned char* block = static_cast<const unsigned char*>(row);
    for (std::int64_t c = 0; c < columns; c += info.block_values, block += info.block_bytes) {
        info.decode(block, values + c);
    }
}

}  // namespace deepwell::kernels
