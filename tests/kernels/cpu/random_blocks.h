// Rows of any format made of random bytes, with scale fields that are finite.
#pragma once

#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "kernels/formats/table.h"

namespace deepwell::tests {

// Places of the halves in a block.
inline std::vector<int> half_fields(kernels::Format format) {
    using kernels::Format;
    switch (format) {
        case Format::Q4_1:
        case Format::Q5_1:
        case Format::Q4_K:
        case Format::Q5_K:
            return {0, 2};
        case Format::Q2_K:
            return {80, 82};
        case Format::Q3_K:
            return {108};
        case Format::Q6_K:
            return {208};
        case Format::TQ1_0:
            return {52};
        case Format::TQ2_0:
            return {64};
        case Format::F32:
        case Format::F16:
        case Format::BF16:
        case Format::IQ1_M:
        case Format::MXFP4:
            return {};
        default:
            return {0};
    }
}

// Mostly ordinary scales, some negative, zero or subnormal.
inline std::uint16_t random_scale(std::mt19937& random) {
    const std::uint32_t choice = random() % 16;
    if (choice == 0) return 0;
    if (choice == 1) return static_cast<std::uint16_t>(random() % 0x400);
    const float sign = choice < 5 ? -1.0f : 1.0f;
    return kernels::half_from_float(sign * (0.001f + static_cast<float>(random() % 1000) * 1e-5f));
}

inline std::vector<std::byte> random_rows(kernels::Format format, std::int64_t rows,
                                          std::int64_t columns, std::mt19937& random) {
    using namespace kernels;
    const FormatInfo& info = format_info(format);
    std::vector<std::byte> data(static_cast<std::size_t>(rows * row_bytes(format, columns)));
    std::normal_distribution<float> normal(0.0f, 0.05f);
    const auto bytes = static_cast<std::size_t>(info.block_bytes);
    for (std::size_t at = 0; at < data.size(); at += bytes) {
        std::byte* block = data.data() + at;
        if (info.block_values == 1) {
            const float value = normal(random);
            const std::uint32_t bits = bits_from_float(value);
            const auto upper = static_cast<std::uint16_t>(bits >> 16);
            const std::uint16_t half = half_from_float(value);
            if (format == Format::F32) std::memcpy(block, &bits, 4);
            if (format == Format::F16) std::memcpy(block, &half, 2);
            if (format == Format::BF16) std::memcpy(block, &upper, 2);
            continue;
        }
        for (std::size_t i = 0; i < bytes; ++i) block[i] = static_cast<std::byte>(random());
        for (const int field : half_fields(format)) {
            const std::uint16_t half = random_scale(random);
            std::memcpy(block + field, &half, 2);
        }
        if (format == Format::MXFP4) block[0] = static_cast<std::byte>(115 + random() % 8);
        if (format == Format::IQ1_M) {
            // d lies in the top nibbles of four words.
            const std::uint16_t half = random_scale(random);
            for (int w = 0; w < 4; ++w) {
                std::byte& top = block[48 + 2 * w + 1];
                top = (top & std::byte{15}) | static_cast<std::byte>(((half >> (4 * w)) & 15) << 4);
            }
        }
    }
    return data;
}

// Activations as in real models: normal, with a few large outliers.
inline std::vector<float> random_activations(std::int64_t count, std::mt19937& random) {
    std::normal_distribution<float> normal;
    std::vector<float> x(static_cast<std::size_t>(count));
    for (float& value : x) {
        value = normal(random);
        if (random() % 97 == 0) value *= 60.0f;
    }
    return x;
}

}  // namespace deepwell::tests
