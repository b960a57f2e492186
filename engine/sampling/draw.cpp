// The draw: u in [0, 1); the first index k, in rank order, with u < p_0 + … + p_k.
#include <algorithm>
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

std::size_t draw_index(std::span<const double> probabilities, double uniform) {
    double cumulated = 0;
    std::size_t last = 0;
    for (std::size_t k = 0; k < probabilities.size(); ++k) {
        cumulated += probabilities[k];
        if (uniform < cumulated) return k;
        if (probabilities[k] > 0) last = k;
    }
    return last;  // rounding left none
}

Drawn draw(Candidates& candidates, double uniform) {
    const double sum = candidates.exponential_sum();
    const double top = candidates.highest();
    double cumulated = 0;
    Drawn last;
    std::size_t k = 0;
    for (std::size_t block = 64; k < candidates.size(); block *= 4) {
        candidates.rank(block);
        for (const std::size_t end = std::min(block, candidates.size()); k < end; ++k) {
            const double probability = std::exp(candidates[k].logit - top) / sum;
            cumulated += probability;
            if (uniform < cumulated) return {k, probability};
            if (probability > 0) last = {k, probability};
        }
    }
    return last;
}

}  // namespace deepwell::engine::samplers
