// Top-k: keeps the k highest. k <= 0 keeps all.
#include <algorithm>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void top_k(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.top_k <= 0) return;
    candidates.keep_best(std::max(static_cast<std::size_t>(settings.top_k), least(settings)));
}

}  // namespace deepwell::engine::samplers
