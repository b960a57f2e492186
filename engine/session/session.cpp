#include "engine/session/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace deepwell::engine {

Session::Session(std::shared_ptr<LoadedModel> model) : model_(std::move(model)) {
    // What an earlier session left in the caches is not this one's.
    model_->executor().truncate(0);
    tokens_.reserve(static_cast<std::size_t>(context()));
}

void Session::truncate(int length) {
    if (length < 0 || length >= this->length()) return;
    tokens_.resize(static_cast<std::size_t>(length));
    model_->executor().truncate(length);
}

Result<std::span<const float>> Session::feed(std::span<const TokenId> tokens,
                                             std::span<const std::int32_t> wanted,
                                             const StopFlag& stop) {
    auto logits = model_->executor().run({tokens, wanted}, stop);
    if (logits) tokens_.insert(tokens_.end(), tokens.begin(), tokens.end());
    return logits;
}

Result<std::span<const float>> Session::prefill(std::span<const TokenId> prompt,
                                                const PrefillProgress& progress,
                                                const StopFlag& stop) {
    if (prompt.empty()) return fail(ErrorCode::InvalidArgument, "The prompt is empty.");
    const int total = static_cast<int>(prompt.size());
    if (total > context()) {
        return fail(ErrorCode::ContextFull, "The conversation is longer than the model's context.",
                    fmt::format("{} tokens of {}", total, context()));
    }
    const auto vocabulary = static_cast<TokenId>(model_->description().vocabulary);
    for (TokenId token : prompt) {
        if (token < 0 || token >= vocabulary) {
            return fail(
                ErrorCode::InvalidArgument,
                fmt::format("There is no token {} in a vocabulary of {}.", token, vocabulary));
        }
    }
    const auto known = std::mismatch(tokens_.begin(), tokens_.end(), prompt.begin(), prompt.end());
    // The last token always runs: its logits are not kept.
    const int reused = std::min(static_cast<int>(known.first - tokens_.begin()), total - 1);
    truncate(reused);

    const int batch = model_->executor().limits().batch;
    std::span<const float> logits;
    for (int done = reused; done < total;) {
        if (progress) progress(done, total, reused);
        if (stop.stop_requested()) return fail(ErrorCode::Cancelled, "Reading was stopped.");
        const int count = std::min(batch, total - done);
        const std::int32_t last = count - 1;
        const bool ends = done + count == total;
        auto result =
            feed(prompt.subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count)),
                 std::span(&last, ends ? 1 : 0), stop);
        if (!result) return result;
        logits = *result;
        done += count;
    }
    if (progress) progress(total, total, reused);
    return logits;
}

Result<std::span<const float>> Session::decode(TokenId token, const StopFlag& stop) {
    const std::int32_t wanted = 0;
    return feed(std::span(&token, 1), std::span(&wanted, 1), stop);
}

Result<void> Session::logits_of_all(std::span<const TokenId> tokens, int batch,
                                    const LogitsSink& sink, const StopFlag& stop) {
    const Limits& limits = model_->executor().limits();
    const int most = std::min(limits.batch, limits.max_logits);
    const int step = batch > 0 ? std::min(batch, most) : most;
    std::vector<std::int32_t> wanted(static_cast<std::size_t>(step));
    std::iota(wanted.begin(), wanted.end(), 0);
    const auto vocabulary = static_cast<std::size_t>(model_->plan().vocabulary);
    for (std::size_t done = 0; done < tokens.size();) {
        const std::size_t count = std::min(tokens.size() - done, wanted.size());
        const int first = length();
        auto logits = feed(tokens.subspan(done, count), std::span(wanted).first(count), stop);
        if (!logits) return fail(logits.error());
        for (std::size_t i = 0; i < count; ++i) {
            auto taken =
                sink(first + static_cast<int>(i), logits->subspan(i * vocabulary, vocabulary));
            if (!taken) return taken;
        }
        done += count;
    }
    return {};
}

}  // namespace deepwell::engine
