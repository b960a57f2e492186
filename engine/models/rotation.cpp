#include "engine/models/rotation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace deepwell::engine {
namespace {

// YaRN (Peng et al. 2023, section 3.2): pairs that turn more than beta_fast = 32 times within the
// original context are kept, those under beta_slow = 1 are interpolated, between is a ramp.
// floor and ceil can fall either way in float: doubles throughout.
double yarn_kept_share(int j, int d, double base, double original_context) {
    const auto pair_of_turns = [&](double turns) {
        return d * std::log(original_context / (2 * std::numbers::pi * turns)) /
               (2 * std::log(base));
    };
    const double low = std::max(0.0, std::floor(pair_of_turns(32)));
    const double high = std::min(d - 1.0, std::ceil(pair_of_turns(1)));
    return 1 - std::clamp((j - low) / std::max(0.001, high - low), 0.0, 1.0);
}

}  // namespace

Rotation make_rotation(const ModelDescription& description, Rotation::Pairing pairing) {
    const int d = description.rope_width;
    const RopeScaling& scaling = description.scaling;
    Rotation rotation;
    rotation.pairing = pairing;
    for (int j = 0; j < d / 2; ++j) {
        double frequency = std::pow(description.rope_base, -2.0 * j / d);
        if (!description.rope_factors.empty()) frequency /= description.rope_factors[j];
        if (scaling.kind == RopeScaling::Kind::Linear) frequency /= scaling.factor;
        if (scaling.kind == RopeScaling::Kind::Yarn) {
            const double kept =
                yarn_kept_share(j, d, description.rope_base, scaling.original_context);
            frequency *= kept + (1 - kept) / scaling.factor;
        }
        rotation.frequencies.push_back(frequency);
    }
    if (scaling.kind == RopeScaling::Kind::Yarn && description.latent_width == 0) {
        rotation.magnitude = (1 + 0.1 * std::log(scaling.factor)) * scaling.attention_factor;
    }
    return rotation;
}

double latent_score_scale(const ModelDescription& description, int head_width) {
    const bool yarn = description.scaling.kind == RopeScaling::Kind::Yarn;
    const double m =
        yarn ? 1 + description.scaling.log_multiplier * std::log(description.scaling.factor) : 1.0;
    return m * m / std::sqrt(static_cast<double>(head_width));
}

}  // namespace deepwell::engine
