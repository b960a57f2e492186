// From logits to the next token: the samplers of the settings, in their order, and the draw.
//
// A step starts with all ids of the vocabulary as candidates; a sampler changes logits or removes
// candidates; the draw takes one by the softmax of those left. Sums are in double, ties go to the
// lowest id, and the random numbers depend on seed and step alone (random.h): the same logits,
// settings, seed and step give the same token on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/sampling/candidates.h"
#include "engine/sampling/settings.h"

namespace deepwell::engine {

struct Choice {
    TokenId token = -1;
    double probability = 0;          // after all samplers, as drawn from
    std::size_t candidates = 0;      // how many were left
    std::size_t invalid_logits = 0;  // logits that were not a number, taken as -inf
};

class Chain {
public:
    // exempt: ids that penalties and DRY never touch (end-of-reply tokens, the closing tag).
    // Settings are taken as clamp_settings leaves them; notes() tells what it changed.
    explicit Chain(SamplerSettings settings, std::vector<TokenId> exempt = {});

    // logits: [vocabulary]; history: prompt and reply so far, oldest first; step: number of tokens
    // of the reply chosen so far (a continued reply goes on counting).
    // Errors: InvalidNumbers (nothing finite is left), NoTokenAllowed (everything was banned).
    Result<Choice> sample(std::span<const float> logits, std::span<const TokenId> history,
                          std::uint64_t step);

    // The samplers alone, without the draw: what is left in `candidates`.
    void apply(Candidates& candidates, std::span<const TokenId> history, std::uint64_t step) const;

    const SamplerSettings& settings() const { return settings_; }
    const std::vector<std::string>& notes() const { return notes_; }

    // Mirostat's only state; a continued reply hands it on.
    double mirostat_mu() const { return mirostat_mu_; }
    void set_mirostat_mu(double mu) { mirostat_mu_ = mu; }

private:
    SamplerSettings settings_;
    std::vector<TokenId> exempt_;
    std::vector<std::string> notes_;
    double mirostat_mu_ = 0;
    Candidates candidates_;  // kept between steps: no allocation per token
};

}  // namespace deepwell::engine
