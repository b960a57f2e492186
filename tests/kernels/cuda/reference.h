// Random data and double-precision twins for the tests of the card's kernels.
#pragma once

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "kernels/formats/activation.h"
#include "kernels/formats/table.h"
#include "tests/kernels/cuda/card.h"

namespace deepwell::tests {

// Normally distributed values with a few outliers.
inline CardVector<float> random_values(std::size_t count, unsigned seed, float outlier = 20.0f) {
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    CardVector<float> values(count);
    for (auto& value : values) value = normal(random);
    for (std::size_t i = seed % 7; i < count; i += 97) values[i] *= outlier;
    return values;
}

// Where the halves of a block lie.
inline std::vector<std::size_t> halves_of(kernels::Format format, std::size_t block_bytes) {
    using kernels::Format;
    switch (format) {
        case Format::Q3_K:
        case Format::Q6_K:
        case Format::TQ1_0:
        case Format::TQ2_0:
            return {block_bytes - 2};
        case Format::Q2_K:
            return {block_bytes - 4, block_bytes - 2};
        case Format::Q4_1:
        case Format::Q5_1:
        case Format::Q4_K:
        case Format::Q5_K:
            return {0, 2};
        default:
            return {0};
    }
}

// Rows of random blocks; the scales are small halves, some of them negative or zero.
inline CardVector<std::uint8_t> random_rows(kernels::Format format, std::int64_t rows,
                                            std::int64_t columns, unsigned seed) {
    using kernels::Format;
    std::mt19937 random(seed);
    const auto& info = *kernels::find_format(static_cast<std::uint32_t>(format));
    CardVector<std::uint8_t> bytes(rows * columns / info.block_values * info.block_bytes);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
    std::uniform_real_distribution<float> scale(-0.02f, 0.05f);
    const auto put_half = [&](std::size_t at) {
        const std::uint16_t half =
            kernels::half_from_float(random() % 16 == 0 ? 0.0f : scale(random));
        std::memcpy(&bytes[at], &half, 2);
    };
    for (std::size_t at = 0; at < bytes.size(); at += info.block_bytes) {
        if (format == Format::F32) {
            const float value = scale(random);
            std::memcpy(&bytes[at], &value, 4);
        } else if (format == Format::BF16) {
            const std::uint32_t bits = kernels::bits_from_float(scale(random));
            std::memcpy(&bytes[at], reinterpret_cast<const char*>(&bits) + 2, 2);
        } else if (format == Format::MXFP4) {
            bytes[at] = static_cast<std::uint8_t>(118 + random() % 6);
        } else if (format == Format::IQ1_M) {
            // The half 0x2A.. (about 0.05) in the top nibbles of the last four words.
            for (std::size_t w = 0; w < 4; ++w) {
                std::uint8_t& top = bytes[at + 49 + 2 * w];
                const std::uint8_t nibbles[4] = {0, 5, 0xA, 2};
                top = static_cast<std::uint8_t>((top & 15) | nibbles[w] << 4);
            }
        } else {
            for (const std::size_t half : halves_of(format, info.block_bytes)) put_half(at + half);
        }
    }
    return bytes;
}

inline std::vector<float> decode_rows(kernels::Format format,
                                      const CardVector<std::uint8_t>& rows) {
    const auto& info = *kernels::find_format(static_cast<std::uint32_t>(format));
    std::vector<float> values(rows.size() / info.block_bytes * info.block_values);
    for (std::size_t b = 0; b < rows.size() / info.block_bytes; ++b) {
        info.decode(&rows[b * info.block_bytes], &values[b * info.block_values]);
    }
    return values;
}

// The activations as the int8 rule leaves them.
inline CardVector<float> after_int8_rule(const CardVector<float>& x) {
    CardVector<float> y(x.size());
    for (std::size_t b = 0; b < x.size(); b += kernels::kActivationBlock) {
        std::int8_t q[kernels::kActivationBlock];
        const float d = kernels::quantize_activation_block(&x[b], q);
        for (int i = 0; i < kernels::kActivationBlock; ++i) y[b + i] = d * static_cast<float>(q[i]);
    }
    return y;
}

// sum (a - b)^2 / sum b^2; NaN anywhere gives NaN, which no bound accepts.
template <class Values>
double relative_error(const Values& a, const std::vector<double>& b) {
    double difference = 0;
    double size = 0;
    for (std::size_t i = 0; i < b.size(); ++i) {
        difference += (a[i] - b[i]) * (a[i] - b[i]);
        size += b[i] * b[i];
    }
    return difference / size;
}

}  // namespace deepwell::tests
