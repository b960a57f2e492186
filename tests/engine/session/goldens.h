// The goldens of ../shared: tiny models with the logits that exact arithmetic gives.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "engine/session/session.h"

namespace deepwell::tests {

struct Golden {
    std::string name;
    std::filesystem::path path;
    std::string architecture;
    std::string quantization;
    std::vector<engine::TokenId> tokens;
    std::vector<float> logits;  // [tokens, vocabulary]
    int vocabulary = 0;
    double peer_nmse = 0;
    double peer_top1 = 0;
    double logits_std = 0;
    std::vector<engine::TokenId> greedy;
    std::vector<double> greedy_margins;
    std::vector<double> greedy_router_margins;  // empty without experts

    bool exact_weights() const { return quantization == "F32" || quantization == "F16"; }
    // What README.md of the goldens demands with a float32 cache.
    double bound() const { return exact_weights() ? 1e-6 : 1.1 * peer_nmse; }
};

std::vector<Golden> load_goldens(const std::filesystem::path& folder);

// sum((a - b)^2) / sum((b - mean(b))^2) over all positions and entries; b = expected.
double nmse(std::span<const float> actual, std::span<const float> expected);

// Share of positions where both have their largest logit at the same token.
double top1_agreement(std::span<const float> actual, std::span<const float> expected,
                      int vocabulary);

engine::TokenId largest(std::span<const float> logits);

// The logits of all tokens, fed from an empty cache in batches of the given sizes, over and over.
engine::Result<std::vector<float>> run_all(engine::Session& session,
                                           std::span<const engine::TokenId> tokens,
                                           std::span<const int> batches);

engine::Result<std::shared_ptr<engine::LoadedModel>> load_golden(const Golden& golden,
                                                                 engine::LoadOptions options = {});

}  // namespace deepwell::tests
