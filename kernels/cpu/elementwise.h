// The small steps between the products.
#pragma once

#include <cstdint>

#include "kernels/cpu/isa.h"

namespace deepwell::kernels::cpu {

// out[i] = silu(gate[i]) * up[i], silu(z) = z / (1 + exp(-z)). May write over gate or up.
void gated_unit(Isa isa, const float* gate, const float* up, std::int64_t count, float* out);

// target[i] += source[i]
void add(const float* source, std::int64_t count, float* target);

// target[i] += weight * source[i], fused: the sum over a token's experts, in ascending id.
void add_weighted(const float* source, float weight, std::int64_t count, float* target);

}  // namespace deepwell::kernels::cpu
