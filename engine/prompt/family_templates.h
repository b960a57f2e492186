// Templates, in our own words, that stand in where a model file has none or a broken one. Their
// prompts equal those of the family's published templates for messages of users, assistants and
// one system message.
#pragma once

#include <string_view>

#include "engine/prompt/prompt.h"

namespace deepwell::engine {

// The family, by the control tokens of the vocabulary.
PromptFamily family_of(const ModelPrompting& model);

// opens_thought: the DeepSeek family's R1 opens the thought at the end of the prompt.
std::string_view family_template(PromptFamily family, bool opens_thought);

// For people: "DeepSeek R1", "ChatML" …
std::string_view family_name(PromptFamily family);

}  // namespace deepwell::engine
