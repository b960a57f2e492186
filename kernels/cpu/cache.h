// The memory of one layer's keys and values.
//
// A row is one KV head's key (or value) of one slot. Rows of a head lie one after the other, so the
// attention of a head reads one run: [kv_heads][slots] rows of keys, then the same of values.
// A latent cache has one row [c | k_pe] a slot; its value is the first value_width of the key.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/isa.h"

namespace deepwell::kernels::cpu {

enum class CacheType {
    F32,
    F16,
    Q8_0,  // blocks of 32 within a head: int8 and a half as scale; the last block may be shorter
};

struct CacheShape {
    CacheType type = CacheType::F16;
    std::int32_t kv_heads = 1;
    std::int32_t key_width = 0;    // latent: C + R
    std::int32_t value_width = 0;  // latent: C
    bool latent = false;           // values are no rows of their own
    std::int32_t slot_count = 0;   // not "slots": Qt takes that word
};

// Bytes of one row of `width` values.
std::size_t cache_row_bytes(CacheType type, std::int32_t width);

// Bytes of the whole cache, a multiple of 64.
std::size_t cache_bytes(const CacheShape& shape);

// One row to the cache's type. F16: nearest, ties to even; Q8_0: d = half(max |x| / 127), q
// nearest.
void write_cache_row(CacheType type, const float* values, std::int32_t width, std::byte* row);

// Writes `tokens` tokens to slots [first_slot, first_slot + tokens). keys: [tokens][kv_heads]
// [key_width], tokens `key_stride` floats apart; values likewise (not read for a latent cache).
void write_cache(const CacheShape& shape, std::byte* cache, std::int32_t first_slot,
                 std::int32_t tokens, const float* keys, std::int64_t key_stride,
                 const float* values, std::int64_t value_stride);

// A latent cache's key in its two parts: c [tokens][value_width] and k_pe [tokens][rest].
void write_latent_cache(const CacheShape& shape, std::byte* cache, std::int32_t first_slot,
                        std::int32_t tokens, const float* c, std::int64_t c_stride,
                        const float* k_pe, std::int64_t k_pe_stride);

}  // namespace deepwell::kernels::cpu
