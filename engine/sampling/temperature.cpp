// Temperature: l = (l - l_max) / T, so that no T gives a number that is none. T <= 0 is greedy.
// Dynamic: with n candidates of entropy H, T = lo + (hi - lo) * (H / ln n)^exponent.
#include <algorithm>
#include <cmath>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

namespace {

double entropy_share(const Candidates& candidates) {
    std::vector<double> probabilities;
    candidates.softmax(probabilities);
    double entropy = 0;
    for (const double p : probabilities) {
        if (p > 0) entropy -= p * std::log(p);
    }
    return entropy / std::log(static_cast<double>(candidates.size()));
}

}  // namespace

void temperature(Candidates& candidates, const SamplerSettings& settings) {
    if (candidates.empty()) return;
    double value = settings.temperature;
    if (settings.dynatemp_range > 0 && value > 0) {
        if (candidates.size() < 2) return;
        const double low = std::max(0.0, value - settings.dynatemp_range);
        const double high = value + settings.dynatemp_range;
        const double share = std::clamp(entropy_share(candidates), 0.0, 1.0);
        value = low + (high - low) * std::pow(share, settings.dynatemp_exponent);
    }
    if (value <= 0) {
        candidates.keep_best(1);
        return;
    }
    if (value == 1) return;
    const double top = candidates.highest();
    candidates.change_all([top, value](double logit) { return (logit - top) / value; });
    candidates.drop_impossible();
}

}  // namespace deepwell::engine::samplers
