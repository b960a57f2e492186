// The choice of experts (DeepSeek-V3 report, 2024, eq. 12-16; Qwen3 with the same rule).
#pragma once

#include <cstdint>

namespace deepwell::kernels::cpu {

constexpr std::int32_t kMaxExperts = 1024;

struct RouteRule {
    std::int32_t experts = 0;  // at most kMaxExperts
    std::int32_t used = 0;     // 1 .. experts
    bool sigmoid = false;      // p = sigmoid(z), else softmax over all experts
    std::int32_t groups = 1;   // divides experts
    std::int32_t groups_used = 1;
    bool normalise = false;  // the chosen weights sum to 1
    float scale = 1.0f;      // after that
};

// From the router's products z [experts] and the choice's bias [experts] (or null): the `used`
// chosen ids in ascending order and their weights. Experts are chosen by p + bias, weights are p. A
// group's score is the sum of its two best; equal scores: the lower index. Computed in double.
void route(const RouteRule& rule, const float* z, const float* bias, std::int32_t* ids,
           float* weights);

}  // namespace deepwell::kernels::cpu
