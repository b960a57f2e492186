// A transformer with grouped heads written out in double precision, straight from the formulas:
// what tiny models are compared with where the goldens are not at hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/models/model_description.h"

namespace deepwell::tests {

using TensorMap = std::map<std::string, std::vector<float>>;

// Logits [tokens, vocabulary] of qwen2 or llama (by description.architecture), F32 weights.
std::vector<float> twin_logits(const engine::ModelDescription& model, const TensorMap& tensors,
                               const std::vector<int>& tokens);

}  // namespace deepwell::tests
