// One conversation's place in a loaded model: tokens in, logits out. Keeps what the KV cache holds
// and reuses the longest common prefix. The inference thread's; one session a model at a time.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/session/loaded_model.h"

namespace deepwell::engine {

// Called before each batch of a prompt and after the last: tokens in the cache, tokens of the
// prompt, and how many of them the cache held already.
using PrefillProgress = std::function<void(int done, int total, int reused)>;

// Logits of one position after another, [vocabulary] each.
using LogitsSink = std::function<Result<void>(int position, std::span<const float> logits)>;

class Session {
public:
    explicit Session(std::shared_ptr<LoadedModel> model);

    // Makes the cache hold exactly `prompt` and gives the logits after its last token, valid until
    // the next call. The longest common prefix with what the cache holds is not computed again (but
    // the last token always is). Stops within 200 ms of the flag; the batches that were complete
    // stay, so a later prefill of the same prompt goes on there.
    // Errors: InvalidArgument (empty, an id outside the vocabulary), ContextFull, Cancelled, and
    // what the backend gives.
    Result<std::span<const float>> prefill(std::span<const TokenId> prompt,
                                           const PrefillProgress& progress, const StopFlag& stop);

    // One more token; the logits after it, valid until the next call.
    Result<std::span<const float>> decode(TokenId token, const StopFlag& stop);

    // Feeds `tokens` behind what the cache holds, in batches of at most `batch` (0: the model's),
    // and hands out the logits after each. The model must have been loaded with max_logits >=
    // batch.
    Result<void> logits_of_all(std::span<const TokenId> tokens, int batch, const LogitsSink& sink,
                               const StopFlag& stop);

    int length() const { return static_cast<int>(tokens_.size()); }
    int context() const { return model_->context(); }
    std::span<const TokenId> tokens() const { return tokens_; }
    void truncate(int length);  // forgets the tokens from `length` on
    LoadedModel& model() { return *model_; }

private:
    Result<std::span<const float>> feed(std::span<const TokenId> tokens,
                                        std::span<const std::int32_t> wanted, const StopFlag& stop);

    std::shared_ptr<LoadedModel> model_;
    std::vector<TokenId> tokens_;
};

}  // namespace deepwell::engine
