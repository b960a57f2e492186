// Where a row of a cache lies, and its values.
#pragma once

#include "kernels/cuda/gpu.h"
#include "kernels/cuda/kernels.h"
#include "kernels/formats/half.h"

namespace deepwell::kernels::cuda {

constexpr int kCacheBlock = 32;
constexpr int kCacheBlockBytes = kCacheBlock + 2;  // a half as scale, then the int8

template <CacheFormat F>
GPU_FUNCTION std::int64_t device_row_bytes(int width) {
    if (F == CacheFormat::F32) return 4 * static_cast<std::int64_t>(width);
    if (F == CacheFormat::F16) return 2 * static_cast<std::int64_t>(width);
    return static_cast<std::int64_t>((width + kCacheBlock - 1) / kCacheBlock) * kCacheBlockBytes;
}

template <CacheFormat F>
GPU_FUNCTION char* key_row(const DeviceCache& cache, int head, int slot) {
    return static_cast<char*>(cache.memory) +
           (static_cast<std::int64_t>(head) * cache.capacity + slot) *
               device_row_bytes<F>(cache.key_width);
}

template <CacheFormat F>
GPU_FUNCTION char* value_row(const DeviceCache& cache, int head, int slot) {
    const std::int64_t keys = static_cast<std::int64_t>(cache.kv_heads) * cache.capacity *
                              device_row_bytes<F>(cache.key_width);
    return static_cast<char*>(cache.memory) + keys +
           (static_cast<std::int64_t>(head) * cache.capacity + slot) *
               device_row_bytes<F>(cache.value_width);
}

template <CacheFormat F>
GPU_FUNCTION float row_value(const char* row, int column) {
    if (F == CacheFormat::F32) return reinterpret_cast<const float*>(row)[column];
    if (F == CacheFormat::F16) {
        return gpu::half_value(reinterpret_cast<const std::uint16_t*>(row)[column]);
    }
    const char* block = row + column / kCacheBlock * kCacheBlockBytes;
    const float d = gpu::half_value(*reinterpret_cast<const std::uint16_t*>(block));
    return d * static_cast<float>(
                   reinterpret_cast<const std::int8_t*>(block + 2)[column % kCacheBlock]);
}

}  // namespace deepwell::kernels::cuda
