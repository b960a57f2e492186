// The hyper-parameters of a model, read once from a file's keys, and the shapes of its tensors.
// Everything that an architecture needs to write its plan; the bench makes one without a file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/models/plan.h"

namespace deepwell::engine {

struct TensorShape {
    std::vector<std::uint64_t> dims;  // dims[0] is the row length
    kernels::Format format = kernels::Format::F32;
};

struct RopeScaling {
    enum class Kind { None, Linear, Yarn };
    Kind kind = Kind::None;
    double factor = 1;
    double original_context = 0;
    double attention_factor = 1;  // rope.scaling.attn_factor
    double log_multiplier = 0;    // rope.scaling.yarn_log_multiplier (deepseek2)
};

struct ModelDescription {
    std::string architecture;
    std::string name;     // general.name, may be empty
    int block_count = 0;  // without layers for multi-token prediction
    int width = 0;
    int context_length = 0;
    int vocabulary = 0;
    int feed_forward = 0;
    int heads = 0;
    int kv_heads = 0;
    int key_width = 0;
    int value_width = 0;
    double epsilon = 0;

    int rope_width = 0;
    double rope_base = 10000;
    RopeScaling scaling;
    std::vector<float> rope_factors;  // rope_freqs.weight: each divides its frequency

    int experts = 0;
    int experts_used = 0;
    int expert_feed_forward = 0;
    int experts_shared = 0;
    float expert_scale = 1;
    bool expert_normalise = false;
    bool expert_sigmoid = false;
    int expert_groups = 1;
    int expert_groups_used = 1;
    int leading_dense = 0;

    int query_rank = 0;    // 0: none (lite)
    int latent_width = 0;  // kv_lora_rank

    std::map<std::string, TensorShape, std::less<>> tensors;
};

class GgufFile;

// Reads and checks the keys of the file's architecture, the shapes of its tensors and
// rope_freqs.weight. Errors: UnsupportedArchitecture (names it), UnsupportedFormat (a tensor of a
// type that no kernel has), FileDamaged (a key that is missing, out of range or contradicts
// another: the context names it).
Result<ModelDescription> describe_model(const GgufFile& file);

}  // namespace deepwell::engine
