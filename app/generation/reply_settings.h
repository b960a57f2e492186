// The layers of settings: conversation · this model · all models · the maker's advice for the
// model. The first that has a value wins; the result is written into the reply.
#pragma once

#include <optional>
#include <string>

#include "app/base/settings.h"
#include "app/conversations/conversation.h"
#include "app/generation/request.h"
#include "app/models/model_file.h"

namespace deepwell::app {

// Everything of a request that settings decide.
struct ReplySettings {
    VariantPlan variant;
    std::optional<VariantId> variant_id;
    std::string model_name;
    std::string system_prompt;
    Thinking thinking;
    engine::SamplerSettings sampler;
    std::optional<std::uint64_t> seed;  // none: a new one each time
    std::optional<int> max_tokens;
    std::vector<std::string> stop;
    LoopGuardChoice guard = LoopGuardChoice::End;
};

// conversation: its own layer (settings, system prompt; may be empty). model: the file it runs on.
ReplySettings resolve_settings(const ConversationSettings& conversation,
                               const std::optional<std::string>& system_prompt,
                               const Settings& settings, const ModelFile& model);

// The maker's advice alone: what "Recommended" in the settings shows.
engine::SamplerSettings recommended_sampler(const ModelFile& model, bool thinking);

// Writes a layer's values over a sampler; names it does not know stay out.
void apply_sampler(const SamplerValues& values, engine::SamplerSettings& sampler);

// How a reply was made, for the database and the exchange file.
SamplerValues sampler_values(const engine::SamplerSettings& sampler);
ThinkingValues thinking_values(const Thinking& thinking);

}  // namespace deepwell::app
