#include "engine/sampling/chain.h"

#include <fmt/format.h>

#include "engine/sampling/random.h"
#include "engine/sampling/samplers.h"

namespace deepwell::engine {

Chain::Chain(SamplerSettings settings, std::vector<TokenId> exempt)
    : settings_(std::move(settings)), exempt_(std::move(exempt)) {
    notes_ = clamp_settings(settings_);
    mirostat_mu_ = 2 * settings_.mirostat_tau;
}

void Chain::apply(Candidates& candidates, std::span<const TokenId> history,
                  std::uint64_t step) const {
    samplers::logit_bias(candidates, settings_);
    if (candidates.empty()) return;
    samplers::penalties(candidates, settings_, history, exempt_);
    samplers::dry(candidates, settings_, history, exempt_);
    const bool temperature_first =
        settings_.mirostat || settings_.order == SamplerOrder::TemperatureFirst;
    if (temperature_first) samplers::temperature(candidates, settings_);
    if (settings_.mirostat) return;
    samplers::top_k(candidates, settings_);
    samplers::top_n_sigma(candidates, settings_);
    samplers::typical(candidates, settings_);
    samplers::top_p(candidates, settings_);
    samplers::min_p(candidates, settings_);
    if (settings_.xtc_probability > 0) {
        samplers::xtc(candidates, settings_, uniform(settings_.seed, step, RandomPurpose::Xtc));
    }
    if (!temperature_first) samplers::temperature(candidates, settings_);
}

Result<Choice> Chain::sample(std::span<const float> logits, std::span<const TokenId> history,
                             std::uint64_t step) {
    Choice choice;
    choice.invalid_logits = candidates_.fill(logits);
    if (candidates_.empty() && choice.invalid_logits > 0) {
        return fail(
            ErrorCode::InvalidNumbers,
            "The model gave invalid numbers, so the reply cannot go on. What is there is "
            "kept; the model file may be damaged.",
            fmt::format("{} of {} logits are not a number", choice.invalid_logits, logits.size()));
    }
    apply(candidates_, history, step);
    if (candidates_.empty()) {
        return fail(ErrorCode::NoTokenAllowed,
                    "No token is allowed: the logit bias bans every one that the model offers.",
                    fmt::format("step {}", step));
    }
    choice.candidates = candidates_.size();
    samplers::Drawn drawn{0, 1};
    if (settings_.mirostat) {
        drawn = samplers::mirostat(candidates_, settings_, mirostat_mu_,
                                   uniform(settings_.seed, step, RandomPurpose::Mirostat));
        choice.candidates = candidates_.size();
    } else if (candidates_.size() > 1) {
        drawn = samplers::draw(candidates_, uniform(settings_.seed, step, RandomPurpose::Draw));
    }
    choice.token = candidates_[drawn.index].id;
    choice.probability = drawn.probability;
    return choice;
}

}  // namespace deepwell::engine
