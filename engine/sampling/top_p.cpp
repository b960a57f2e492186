// Top-p: keeps the shortest prefix, in rank order, whose probabilities add up to top_p.
#include <algorithm>
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void top_p(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.top_p >= 1 || candidates.size() < 2) return;
    if (settings.top_p <= 0) {
        candidates.keep_best(least(settings));
        return;
    }
    // The sum runs over all, but only as many as are needed get ranked: 64, 256, 1,024 …
    const double sum = candidates.exponential_sum();
    const double top = candidates.highest();
    double cumulated = 0;
    std::size_t count = 0;
    for (std::size_t block = 64; count < candidates.size(); block *= 4) {
        candidates.rank(block);
        const std::size_t end = std::min(block, candidates.size());
        while (count < end) {
            cumulated += std::exp(candidates[count].logit - top) / sum;
            ++count;
            if (cumulated >= settings.top_p) {
                candidates.keep_best(std::max(count, least(settings)));
                return;
            }
        }
    }
}

}  // namespace deepwell::engine::samplers
