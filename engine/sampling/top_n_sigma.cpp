// Top-n-sigma: keeps l >= l_max - n * sigma, sigma the population standard deviation of the logits.
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void top_n_sigma(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.top_n_sigma < 0 || candidates.size() < 2) return;
    const double count = static_cast<double>(candidates.size());
    double mean = 0;
    for (const Candidate& item : candidates.items()) mean += item.logit;
    mean /= count;
    double squares = 0;
    for (const Candidate& item : candidates.items()) {
        squares += (item.logit - mean) * (item.logit - mean);
    }
    const double threshold =
        candidates.highest() - settings.top_n_sigma * std::sqrt(squares / count);
    std::size_t kept = 0;
    for (const Candidate& item : candidates.items()) kept += item.logit >= threshold ? 1 : 0;
    candidates.keep_best(std::max(kept, least(settings)));
}

}  // namespace deepwell::engine::samplers
