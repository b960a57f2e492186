#include "kernels/cpu/elementwise.h"

#include <cmath>

#include "kernels/cpu/kernel_table.h"

namespace deepwell::kernels::cpu {

void gated_unit(Isa isa, const float* gate, const float* up, std::int64_t count, float* out) {
    kernels_of(isa).gated_unit(gate, up, count, out);
}

void add(const float* source, std::int64_t count, float* target) {
    for (std::int64_t i = 0; i < count; ++i) target[i] += source[i];
}

void add_weighted(const float* source, float weight, std::int64_t count, float* target) {
    for (std::int64_t i = 0; i < count; ++i) {
        target[i] = std::fma(weight, source[i], target[i]);
    }
}

}  // namespace deepwell::kernels::cpu
