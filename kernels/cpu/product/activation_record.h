// One block of 32 int8 activations with what a product needs of it: one cache line.
#pragma once

#include <cstdint>

namespace deepwell::kernels::cpu {

struct ActivationRecord {
    std::int8_t q[32];
    float d;                         // x = d * q
    float d_sum;                     // d * sum of q, rounded once
    float d_sum_half[2];             // the same of each 16
    std::int32_t minus_sum;          // minus the sum of q
    std::int32_t minus_sum_half[2];  // the same of each 16
    std::int32_t unused;
};
static_assert(sizeof(ActivationRecord) == 64);

}  // namespace deepwell::kernels::cpu
