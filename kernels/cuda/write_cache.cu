#include "kernels/cuda/cache_row.cuh"
#include "kernels/formats/activation.h"

namespace deepwell::kernels::cuda {
namespace {

constexpr int kThreads = 32;

// The sum of squared errors of `count` values with the scale d; the q go to `q`.
GPU_FUNCTION float q8_0_error(const float* x, int count, float d, std::int8_t* q) {
    const float inverse = d > 0.0f ? 1.0f / d : 0.0f;
    float error = 0.0f;
    for (int i = 0; i < kCacheBlock; ++i) {
        const float value = i < count ? x[i] : 0.0f;
        const float scaled = fminf(127.0f, fmaxf(-127.0f, value * inverse));
        q[i] = static_cast<std::int8_t>(round_to_even(scaled));
        const float off = value - d * static_cast<float>(q[i]);
        error += off * off;
    }
    return error;
}

// Of eight scales the one with the least error, as the processor's cache does it.
GPU_FUNCTION void write_q8_0_block(char* to, const float* x, int count) {
    constexpr int kScales = 8;
    float largest = 0.0f;
    for (int i = 0; i < count; ++i) largest = fmaxf(largest, fabsf(x[i]));
    std::int8_t q[kCacheBlock];
    std::uint16_t best = half_from_float(largest / 127.0f);
    float least = q8_0_error(x, count, half_to_float(best), q);
    for (int k = 1; k < kScales; ++k) {
        const std::uint16_t half = half_from_float(largest / static_cast<float>(127 - k));
        const float error = q8_0_error(x, count, half_to_float(half), q);
        if (error < least) {
            least = error;
            best = half;
        }
    }
    q8_0_error(x, count, half_to_float(best), q);
    *reinterpret_cast<std::uint16_t*>(to) = best;
    for (int i = 0; i < kCacheBlock; ++i) reinterpret_cast<std::int8_t*>(to + 2)[i] = q[i];
}

// One block of 32 values of a row, by one thread.
template <CacheFormat F>
GPU_FUNCTION void write_block(char* row, const float* values, int width, int block) {
    const int first = block * kCacheBlock;
    const int count = width - first < kCacheBlock ? width - first : kCacheBlock;
    if (F == CacheFormat::F32) {
        for (int i = 0; i < count; ++i)
            reinterpret_cast<float*>(row)[first + i] = values[first + i];
        return;
    }
    if (F == CacheFormat::F16) {
        for (int i = 0; i < count; ++i) {
            reinterpret_cast<std::uint16_t*>(row)[first + i] = half_from_float(values[first + i]);
        }
        return;
    }
    write_q8_0_block(row + block * kCacheBlockBytes, values + first, count);
}

// block_x: row; block_y: head; threads take blocks of 32 values, keys first.
template <CacheFormat F>
GPU_KERNEL write_kernel(DeviceCache cache, int first_slot, DeviceView key, DeviceView value) {
    const int head = gpu::block_y();
    const std::int64_t row = gpu::block_x();
    const int slot = first_slot + gpu::block_x();
    const int key_blocks = (cache.key_width + kCacheBlock - 1) / kCacheBlock;
    const int value_blocks = (cache.value_width + kCacheBlock - 1) / kCacheBlock;
    for (int b = gpu::thread(); b < key_blocks + value_blocks; b += kThreads) {
        if (b < key_blocks) {
            write_block<F>(key_row<F>(cache, head, slot),
                           key.data + row * key.row_stride + head * key.head_stride,
                           cache.key_width, b);
        } else {
            write_block<F>(value_row<F>(cache, head, slot),
                           value.data + row * value.row_stride + head * value.head_stride,
                           cache.value_width, b - key_blocks);
        }
    }
}

template <CacheFormat F>
int launch_write(StreamHandle stream, const DeviceCache& cache, int first_slot, DeviceView key,
                 DeviceView value, int rows) {
    return gpu::launch(write_kernel<F>, {rows, cache.kv_heads}, kThreads,
                       static_cast<gpu::Stream>(stream), cache, first_slot, key, value);
}

}  // namespace

std::uint64_t cache_row_bytes(CacheFormat format, int width) {
    if (format == CacheFormat::F32) return 4ull * width;
    if (format == CacheFormat::F16) return 2ull * width;
    return static_cast<std::uint64_t>((width + kCacheBlock - 1) / kCacheBlock) * kCacheBlockBytes;
}

std::uint64_t cache_bytes(const DeviceCache& cache) {
    return static_cast<std::uint64_t>(cache.kv_heads) * cache.capacity *
           (cache_row_bytes(cache.format, cache.key_width) +
            cache_row_bytes(cache.format, cache.value_width));
}

int write_cache(StreamHandle stream, const DeviceCache& cache, int first_slot, DeviceView key,
                DeviceView value, int rows) {
    switch (cache.format) {
        case CacheFormat::F32:
            return launch_write<CacheFormat::F32>(stream, cache, first_slot, key, value, rows);
        case CacheFormat::F16:
            return launch_write<CacheFormat::F16>(stream, cache, first_slot, key, value, rows);
        case CacheFormat::Q8_0:
            break;
    }
    return launch_write<CacheFormat::Q8_0>(stream, cache, first_slot, key, value, rows);
}

}  // namespace deepwell::kernels::cuda
