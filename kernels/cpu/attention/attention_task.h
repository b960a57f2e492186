// One piece of attention: some query rows of one KV head against one chunk of slots.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/cpu/attention.h"
#include "kernels/cpu/cache.h"

namespace deepwell::kernels::cpu {

// Query rows that share a pass over the chunk's keys and values.
constexpr std::int32_t kQueryTile = 32;

// The state of a row: largest score, sum of exponentials, and from kStateHead on the weighted
// values.
constexpr std::int32_t kStateHead = 16;

struct AttentionTask {
    CacheType type;
    std::int32_t key_width, value_width;
    const std::uint8_t* keys;  // rows of this head from the chunk's first slot on
    const std::uint8_t* values;
    std::size_t key_row_bytes, value_row_bytes;
    float scale;

    std::int32_t rows;            // at most kQueryTile
    const float* queries;         // [rows][key_width rounded up to 16], zeros behind key_width
    const std::int32_t* visible;  // [rows]: slots of the chunk that a row sees, 0 .. 256
    float* states;                // [rows] x state_floats(value_width)
    float* scratch;               // task_scratch_floats
};

static constexpr std::int32_t round_up_16(std::int32_t n) {
    return (n + 15) / 16 * 16;
}

static constexpr std::int32_t state_floats(std::int32_t value_width) {
    return kStateHead + round_up_16(value_width);
}

// Scores, sixteen rows of the cache as floats, weighted values of the rows.
static constexpr std::size_t task_scratch_floats(std::int32_t key_width, std::int32_t value_width) {
    const auto key = static_cast<std::size_t>(round_up_16(key_width));
    const auto value = static_cast<std::size_t>(round_up_16(value_width));
    return kQueryTile * kAttentionChunk + 16 * (key > value ? key : value) + kQueryTile * value;
}

}  // namespace deepwell::kernels::cpu
