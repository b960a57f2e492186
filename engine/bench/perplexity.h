// Perplexity of a text: exp of the mean negative log likelihood of its tokens.
//
// As the field measures it: the text's tokens are cut into windows of `context`; each window is run
// from an empty cache (its first token replaced by BOS where the vocabulary asks for one), and the
// tokens of its second half are scored, so that each has at least half a window before it.
#pragma once

#include <functional>

#include "engine/session/session.h"

namespace deepwell::engine::bench {

struct PerplexityResult {
    double perplexity = 0;
    double error = 0;  // standard error of the perplexity, from the scores' spread
    int windows = 0;
    std::int64_t scored = 0;
};

using PerplexityProgress = std::function<void(int window, int windows, double so_far)>;

// The model must have been loaded with context >= `context` and max_logits > 1 (the more, the
// faster). Errors: InvalidArgument (fewer than one window of tokens, a window under 8), those of
// running, Cancelled.
Result<PerplexityResult> measure_perplexity(Session& session, std::span<const TokenId> tokens,
                                            int context, std::optional<TokenId> bos,
                                            const PerplexityProgress& progress,
                                            const StopFlag& stop);

// -log softmax(logits)[token], in double.
double negative_log_likelihood(std::span<const float> logits, TokenId token);

}  // namespace deepwell::engine::bench
