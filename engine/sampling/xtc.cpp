// XTC ("exclude top choices"): with some probability, removes all but the least likely of those
// over the threshold.
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void xtc(Candidates& candidates, const SamplerSettings& settings, double uniform) {
    if (settings.xtc_probability <= 0 || settings.xtc_threshold > 0.5 || candidates.size() < 2) {
        return;
    }
    if (uniform > settings.xtc_probability) return;
    const double sum = candidates.exponential_sum();
    const double top = candidates.highest();
    std::size_t over = 0;  // candidates with p >= threshold; they are the best ones
    for (const Candidate& item : candidates.items()) {
        over += std::exp(item.logit - top) / sum >= settings.xtc_threshold ? 1 : 0;
    }
    if (over < 2 || candidates.size() - (over - 1) < least(settings)) return;
    candidates.rank(over);
    candidates.remove_best(over - 1);
}

}  // namespace deepwell::engine::samplers
