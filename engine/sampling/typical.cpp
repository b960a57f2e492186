// Locally typical sampling (Meister et al. 2022): keeps those whose surprise -ln p is nearest to
// the entropy, until their probabilities are over typical_p.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/sampling/samplers.h"

namespace deepwell::engine::samplers {

void typical(Candidates& candidates, const SamplerSettings& settings) {
    if (settings.typical_p >= 1 || candidates.size() < 2) return;
    std::vector<double> probabilities;
    candidates.softmax(probabilities);
    double entropy = 0;
    for (const double p : probabilities) {
        if (p > 0) entropy -= p * std::log(p);
    }
    std::vector<double> distance(probabilities.size());
    for (std::size_t i = 0; i < distance.size(); ++i) {
        distance[i] = std::abs(-std::log(probabilities[i]) - entropy);
    }
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (distance[a] != distance[b]) return distance[a] < distance[b];
        return ranks_before(candidates[a], candidates[b]);
    });
    std::vector<Candidate> kept;
    double cumulated = 0;
    for (const std::size_t index : order) {
        kept.push_back(candidates[index]);
        cumulated += probabilities[index];
        if (cumulated > settings.typical_p && kept.size() >= least(settings)) break;
    }
    candidates.keep(std::move(kept));
}

}  // namespace deepwell::engine::samplers
