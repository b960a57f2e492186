#include "kernels/cpu/cache.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "kernels/formats/half.h"

namespace deepwell::kernels::cpu {
namespace {

constexpr std::int32_t kBlock = 32;

void store_half(std::byte* to, std::uint16_t half) {
    std::memcpy(to, &half, sizeof half);
}

// The sum of squared errors of `count` values with the scale d; the q go to `q`.
float q8_0_error(const float* x, std::int32_t count, float d, std::int8_t* q) {
    const float inverse = d > 0.0f ? 1.0f / d : 0.0f;
    float error = 0.0f;
    for (std::int32_t i = 0; i < count; ++i) {
        float scaled = x[i] * inverse;
        scaled = scaled < 127.0f ? scaled : 127.0f;
        scaled = scaled > -127.0f ? scaled : -127.0f;
        q[i] = static_cast<std::int8_t>(std::lrintf(scaled));
        const float off = x[i] - d * static_cast<float>(q[i]);
        error += off * off;
    }
    return error;
}

// Blocks as in files: d as a half, then 32 q; the last block is filled up with zeros. So the start
// of a row is the row of its first values, which a latent cache needs. Of eight scales the one with
// the least error is taken: keys with one large value among small ones gain most.
void write_q8_0_row(const float* values, std::int32_t width, std::byte* row) {
    constexpr int kScales = 8;
    for (std::int32_t start = 0; start < width; start += kBlock, row += kBlock + 2) {
        const std::int32_t count = std::min(kBlock, width - start);
        const float* x = values + start;
        float largest = 0.0f;
        for (std::int32_t i = 0; i < count; ++i) {
            const float magnitude = std::fabs(x[i]);
            largest = magnitude > largest ? magnitude : largest;
        }
        std::int8_t best[kBlock] = {}, q[kBlock] = {};
        std::uint16_t best_half = half_from_float(largest / 127.0f);
        float least = q8_0_error(x, count, half_to_float(best_half), best);
        for (int k = 1; k < kScales; ++k) {
            const std::uint16_t half = half_from_float(largest / static_cast<float>(127 - k));
            const float error = q8_0_error(x, count, half_to_float(half), q);
            if (error >= least) continue;
            least = error;
            best_half = half;
            std::memcpy(best, q, sizeof best);
        }
        store_half(row, best_half);
        std::memcpy(row + 2, best, sizeof best);
    }
}

std::size_t key_row_bytes(const CacheShape& shape) {
    return cache_row_bytes(shape.type, shape.key_width);
}

std::size_t value_row_bytes(const CacheShape& shape) {
    return shape.latent ? 0 : cache_row_bytes(shape.type, shape.value_width);
}

}  // namespace

std::size_t cache_row_bytes(CacheType type, std::int32_t width) {
    const auto count = static_cast<std::size_t>(width);
    switch (type) {
        case CacheType::F32:
            return 4 * count;
        case CacheType::F16:
            return 2 * count;
        case CacheType::Q8_0:
            return (count + kBlock - 1) / kBlock * (kBlock + 2);
    }
    return 0;
}

std::size_t cache_bytes(const CacheShape& shape) {
    const std::size_t rows =
        static_cast<std::size_t>(shape.kv_heads) * static_cast<std::size_t>(shape.slot_count);
    return (rows * (key_row_bytes(shape) + value_row_bytes(shape)) + 63) / 64 * 64;
}

void write_cache_row(CacheType type, const float* values, std::int32_t width, std::byte* row) {
    switch (type) {
        case CacheType::F32:
            std::memcpy(row, values, static_cast<std::size_t>(width) * sizeof(float));
            break;
        case CacheType::F16:
            for (std::int32_t i = 0; i < width; ++i) {
                store_half(row + 2 * i, half_from_float(values[i]));
            }
            break;
        case CacheType::Q8_0:
            write_q8_0_row(values, width, row);
            break;
    }
}

void write_cache(const CacheShape& shape, std::byte* cache, std::int32_t first_slot,
                 std::int32_t tokens, const float* keys, std::int64_t key_stride,
                 const float* values, std::int64_t value_stride) {
    const std::size_t key_bytes = key_row_bytes(shape), value_bytes = value_row_bytes(shape);
    const auto slots = static_cast<std::size_t>(shape.slot_count);
    std::byte* value_rows = cache + static_cast<std::size_t>(shape.kv_heads) * slots * key_bytes;
    for (std::int32_t t = 0; t < tokens; ++t) {
        for (std::int32_t g = 0; g < shape.kv_heads; ++g) {
            const std::size_t row =
                static_cast<std::size_t>(g) * slots + static_cast<std::size_t>(first_slot + t);
            write_cache_row(shape.type, keys + t * key_stride + g * shape.key_width,
                            shape.key_width, cache + row * key_bytes);
            if (shape.latent) continue;
            write_cache_row(shape.type, values + t * value_stride + g * shape.value_width,
                            shape.value_width, value_rows + row * value_bytes);
        }
    }
}

void write_latent_cache(const CacheShape& shape, std::byte* cache, std::int32_t first_slot,
                        std::int32_t tokens, const float* c, std::int64_t c_stride,
                        const float* k_pe, std::int64_t k_pe_stride) {
    // The row's blocks may span both parts, so they are joined in pieces of a block.
    const std::size_t bytes = key_row_bytes(shape);
    const auto at = [&](std::int32_t t, std::int32_t i) {
        return i < shape.value_width ? c[t * c_stride + i]
                                     : k_pe[t * k_pe_stride + i - shape.value_width];
    };
    for (std::int32_t t = 0; t < tokens; ++t) {
        std::byte* row = cache + static_cast<std::size_t>(first_slot + t) * bytes;
        const std::int32_t blocks = (shape.key_width + kBlock - 1) / kBlock;
        for (std::int32_t b = 0; b < blocks; ++b) {
            const std::int32_t count = std::min(kBlock, shape.key_width - b * kBlock);
            float block[kBlock];
            for (std::int32_t i = 0; i < count; ++i) block[i] = at(t, b * kBlock + i);
            write_cache_row(shape.type, block, count,
                            row + cache_row_bytes(shape.type, b * kBlock));
        }
    }
}

}  // namespace deepwell::kernels::cpu
