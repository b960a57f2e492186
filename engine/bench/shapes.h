// The shapes of released models, for benchmarks on made-up weights: what matters for speed is how
// large the matrices are and in which formats, not what they say.
#pragma once

#include <span>
#include <string_view>

#include "engine/models/model_description.h"

namespace deepwell::engine::bench {

struct Shape {
    std::string_view name;  // "R1-Distill-Qwen-1.5B"
    std::string_view architecture;
    int layers;
    int width;
    int feed_forward;
    int heads;
    int kv_heads;
    int head_width;  // deepseek2: of a key (N + R)
    int vocabulary;
    double rope_base;
    double epsilon;
    int context;
    // Experts and latent attention; zeros elsewhere.
    int experts = 0;
    int experts_used = 0;
    int expert_feed_forward = 0;
    int experts_shared = 0;
    int leading_dense = 0;
    int query_rank = 0;
};

std::span<const Shape> shapes();
// By name, without regard to case. Null: there is none.
const Shape* find_shape(std::string_view name);

// The description of a model of this shape with `layers` of its layers (0: all), every tensor's
// format chosen as the usual quantizer chooses it for `mix` (mixes.h).
// Errors: InvalidArgument (a mix that is not known, more layers than there are).
Result<ModelDescription> describe_shape(const Shape& shape, std::string_view mix, int layers);

}  // namespace deepwell::engine::bench
