// Logit bias: l += bias[id]; -inf bans. Several entries for one id add up.
#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void logit_bias(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.logit_bias.empty()) return;
    for (const auto& [id, bias] : settings.logit_bias) {
        if (double* logit = candidates.find(id)) *logit += bias;
    }
    candidates.drop_impossible();
}

}  // namespace deepwell::engine::samplers
