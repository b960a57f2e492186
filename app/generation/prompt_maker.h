// From a request to the token ids of its prompt, for one model file.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/generation/request.h"
#include "engine/prompt/prompt.h"
#include "engine/prompt/reasoning_splitter.h"
#include "engine/tokenizer/tokenizer.h"

namespace deepwell::app {

struct MadePrompt {
    engine::Prompt prompt;
    std::vector<engine::TokenId> tokens;
    std::vector<std::string> dropped;  // ids of turns that were left out
};

// A question with its attached files, in the form that DeepSeek gives for them.
std::string text_with_attachments(const Turn& turn);

// The raw text, tags and all, of what a reply that goes on has so far.
std::string raw_text(const Resume& resume, const engine::SplitterOptions& tags);

// Everything but the turns.
engine::PromptRequest prompt_request(const Request& request);

// The prompt within `context` slots. Longer ones: refused (ContextFull), or shortened by whole
// turns from the front until `room` slots are left for the reply, as the request says; the last
// question always stays. Errors: TemplateError, ContextFull.
engine::Result<MadePrompt> make_prompt(const Request& request, const engine::PromptBuilder& builder,
                                       const engine::Tokenizer& tokenizer, int context, int room);

// Tokens that the request's prompt takes, nothing refused: for the context meter. Any thread.
engine::Result<int> count_prompt(const Request& request, const engine::PromptBuilder& builder,
                                 const engine::Tokenizer& tokenizer);

// What prompting needs of a file.
engine::ModelPrompting prompting_of(const engine::Metadata& metadata,
                                    const engine::Tokenizer& tokenizer);

}  // namespace deepwell::app
