// Min-p: keeps l >= l_max + ln(min_p), the same as p >= min_p * p_max.
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void min_p(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.min_p <= 0 || candidates.size() < 2) return;
    const double threshold = candidates.highest() + std::log(settings.min_p);
    std::size_t kept = 0;
    for (const Candidate& item : candidates.items()) kept += item.logit >= threshold ? 1 : 0;
    candidates.keep_best(std::max(kept, least(settings)));
}

}  // namespace deepwell::engine::samplers
