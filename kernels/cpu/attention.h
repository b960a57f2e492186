// Causal attention over a cache, with grouped heads and in the absorbed latent form.
//
//   s_t = scale * (q . k_t) for slots t <= slot of the query;   out = sum_t softmax(s)_t v_t
//
// Chunks of 256 slots, counted from slot 0, are computed each by itself (online softmax: largest
// score, sum, weighted values) and merged in ascending order, for one token as for many: so a row's
// result does not depend on the batch or on the number of threads.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/cache.h"
#include "kernels/cpu/isa.h"
#include "kernels/cpu/thread_pool.h"

namespace deepwell::kernels::cpu {

constexpr std::int32_t kAttentionChunk = 256;

// Query of token t and head h: `width` floats at values + t * token_stride + h * head_stride.
struct QueryView {
    const float* values = nullptr;
    std::int32_t width = 0;
    std::int64_t token_stride = 0;
    std::int64_t head_stride = 0;
};

struct AttentionInput {
    CacheShape shape;
    const std::byte* cache = nullptr;
    std::int32_t heads = 0;       // a multiple of shape.kv_heads
    std::int32_t tokens = 0;      // already written to the cache
    std::int32_t first_slot = 0;  // slot of the first of them: it sees slots 0 .. first_slot
    QueryView q;                  // latent: u, C values a head
    QueryView q_rest;             // latent: q_pe, R values a head; else width 0
    double scale = 1.0;
    float* out = nullptr;  // [tokens][heads][value_width], tokens `out_stride` floats apart
    std::int64_t out_stride = 0;
};

// Scratch that attend needs at most for these heads, widths, slots and up to `tokens` tokens.
std::size_t attention_scratch_bytes(const CacheShape& shape, std::int32_t heads,
                                    std::int32_t tokens, int threads);

// False if stopped. `scratch`: aligned to 64 bytes.
bool attend(Isa isa, ThreadPool& pool, const AttentionInput& input, std::byte* scratch, Stop stop);

}  // namespace deepwell::kernels::cpu
