// Repeat, frequency and presence penalties over the last tokens of the history.
//
// For an id that stands c > 0 times in the window:
//   l = l > 0 ? l / repeat : l * repeat      (once, whatever c)
//   l = l - (c * frequency + presence)
#include <algorithm>
#include <unordered_map>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void penalties(Candidates& candidates, const SamplerSettings& settings, History history,
               std::span<const TokenId> exempt) {
    if (settings.penalty_window == 0 || history.empty()) return;
    if (settings.repeat_penalty == 1 && settings.frequency_penalty == 0 &&
        settings.presence_penalty == 0) {
        return;
    }
    if (settings.penalty_window > 0) {
        history = history.last(
            std::min(history.size(), static_cast<std::size_t>(settings.penalty_window)));
    }
    std::unordered_map<TokenId, int> counts;
    for (const TokenId id : history) ++counts[id];
    for (const TokenId id : exempt) counts.erase(id);
    for (const auto& [id, count] : counts) {
        double* logit = candidates.find(id);
        if (logit == nullptr) continue;
        *logit = *logit > 0 ? *logit / settings.repeat_penalty : *logit * settings.repeat_penalty;
        *logit -= count * settings.frequency_penalty + settings.presence_penalty;
    }
}

}  // namespace deepwell::engine::samplers
