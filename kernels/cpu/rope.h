// Rotary position embedding (Su et al. 2021): pairs of a head's values turn by angles that grow
// with the position.
#pragma once

#include <cstdint>
#include <span>

namespace deepwell::kernels::cpu {

enum class Pairing {
    halves,       // values j and j + d/2 form pair j
    interleaved,  // values 2 j and 2 j + 1
};

// Cosines and sines for positions first .. first + tokens - 1, times `magnitude`: cosines and sines
// each [tokens, frequencies.size()]. The angle position * frequency is a product in double, reduced
// before the functions are taken: float angles would be off by 1e-2 at position 131,072.
void rotation_table(std::span<const double> frequencies, double magnitude, std::int64_t first,
                    std::int32_t tokens, float* cosines, float* sines);

// Turns, in place, the first 2 * pairs values of `heads` heads of one token: head h starts at
// x + h * head_stride. cosines, sines: the token's row of the table, `pairs` values.
void rotate(float* x, std::int32_t heads, std::int64_t head_stride, std::int32_t pairs,
            Pairing pairing, const float* cosines, const float* sines);

}  // namespace deepwell::kernels::cpu
