// The samplers, one file each. All work in place on the candidates of one step; a removing sampler
// leaves at least max(1, min_keep) of them. The definitions stand in each source file.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/sampling/candidates.h"
#include "engine/sampling/settings.h"

namespace deepwell::engine::samplers {

using History = std::span<const TokenId>;  // prompt and reply so far, oldest first

// Those that change logits. `exempt` ids are never touched by penalties and DRY.
void logit_bias(Candidates& candidates, const SamplerSettings& settings);
void penalties(Candidates& candidates, const SamplerSettings& settings, History history,
               std::span<const TokenId> exempt);
void dry(Candidates& candidates, const SamplerSettings& settings, History history,
         std::span<const TokenId> exempt);
void temperature(Candidates& candidates,
                 const SamplerSettings& settings);  // also dynamic; 0 greedy

// Those that remove candidates.
void top_k(Candidates& candidates, const SamplerSettings& settings);
void top_n_sigma(Candidates& candidates, const SamplerSettings& settings);
void typical(Candidates& candidates, const SamplerSettings& settings);
void top_p(Candidates& candidates, const SamplerSettings& settings);
void min_p(Candidates& candidates, const SamplerSettings& settings);
void xtc(Candidates& candidates, const SamplerSettings& settings, double uniform);

struct Drawn {
    std::size_t index = 0;
    double probability = 0;
};

// Takes one by `uniform` in [0, 1): the first, in rank order, whose cumulated probability is over
// it. Ranks only as far as it must.
Drawn draw(Candidates& candidates, double uniform);
// The same rule over probabilities that are already in rank order.
std::size_t draw_index(std::span<const double> probabilities, double uniform);

// Mirostat 2 on candidates whose temperature is applied: truncates by mu, draws, updates mu.
Drawn mirostat(Candidates& candidates, const SamplerSettings& settings, double& mu, double uniform);

// How many candidates a removing sampler must leave.
inline std::size_t least(const SamplerSettings& settings) {
    return settings.min_keep > 1 ? static_cast<std::size_t>(settings.min_keep) : 1;
}

}  // namespace deepwell::engine::samplers
