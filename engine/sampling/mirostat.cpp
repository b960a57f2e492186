// Mirostat 2 (Basu et al. 2021): keeps the candidates whose surprise -log2 p is at most mu, draws,
// and moves mu so that the mean surprise comes to tau.
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

Drawn mirostat(Candidates& candidates, const SamplerSettings& settings, double& mu,
               double uniform) {
    if (candidates.size() > 1) {
        // -log2 p <= mu is p >= 2^-mu: a threshold on the logit.
        const double threshold =
            candidates.highest() + std::log(candidates.exponential_sum()) - mu * std::log(2.0);
        std::size_t kept = 0;
        for (const Candidate& item : candidates.items()) kept += item.logit >= threshold ? 1 : 0;
        candidates.keep_best(kept > 1 ? kept : 1);
    }
    const Drawn drawn = candidates.size() == 1 ? Drawn{0, 1} : draw(candidates, uniform);
    mu -= settings.mirostat_eta * (-std::log2(drawn.probability) - settings.mirostat_tau);
    return drawn;
}

}  // namespace deepwell::engine::samplers
