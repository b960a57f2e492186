#include "engine/bench/perplexity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace deepwell::engine::bench {

double negative_log_likelihood(std::span<const float> logits, TokenId token) {
    const double largest = *std::max_element(logits.begin(), logits.end());
    double sum = 0;
    for (float logit : logits) sum += std::exp(logit - largest);
    return std::log(sum) + largest - static_cast<double>(logits[static_cast<std::size_t>(token)]);
}

Result<PerplexityResult> measure_perplexity(Session& session, std::span<const TokenId> tokens,
                                            int context, std::optional<TokenId> bos,
                                            const PerplexityProgress& progress,
                                            const StopFlag& stop) {
    if (context < 8 || context > session.context()) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("A window must have 8 to {} tokens.", session.context()));
    }
    PerplexityResult result;
    result.windows = static_cast<int>(tokens.size() / static_cast<std::size_t>(context));
    if (result.windows == 0) {
        return fail(
            ErrorCode::InvalidArgument,
            fmt::format("The text has {} tokens, but a window takes {}.", tokens.size(), context));
    }
    double sum = 0, squares = 0;
    for (int window = 0; window < result.windows; ++window) {
        const auto first = static_cast<std::size_t>(window) * static_cast<std::size_t>(context);
        const auto of_window = tokens.subspan(first, static_cast<std::size_t>(context));
        std::vector<TokenId> input(of_window.begin(), of_window.end());
        if (bos) input.front() = *bos;
        session.truncate(0);
        auto run = session.logits_of_all(
            input, 0,
            [&](int position, std::span<const float> logits) -> Result<void> {
                if (position < context / 2 || position + 1 >= context) return {};
                const double score =
                    negative_log_likelihood(logits, input[static_cast<std::size_t>(position) + 1]);
                if (!std::isfinite(score)) {
                    return fail(ErrorCode::InvalidNumbers,
                                "The model gave logits that are not numbers.");
                }
                sum += score;
                squares += score * score;
                ++result.scored;
                return {};
            },
            stop);
        if (!run) return fail(run.error());
        if (progress) {
            progress(window + 1, result.windows,
                     std::exp(sum / static_cast<double>(result.scored)));
        }
    }
    const double count = static_cast<double>(result.scored);
    const double mean = sum / count;
    result.perplexity = std::exp(mean);
    const double variance = std::max(0.0, squares / count - mean * mean);
    result.error = count > 1 ? result.perplexity * std::sqrt(variance / (count - 1)) : 0;
    return result;
}

}  // namespace deepwell::engine::bench
