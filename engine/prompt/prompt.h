// From messages to the exact prompt of a model.
//
//     auto builder = PromptBuilder::create(prompting);   // once a model file; immutable, shared
//     auto prompt = builder.build(request);
//     auto ids = prompt_token_ids(tokenizer, *prompt);
//
// The template of the file is used as it is. A file without one, or with a broken one, gets that of
// its family, in our words, and the prompt says so; never silently another format.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/byte_span.h"
#include "engine/base/result.h"
#include "engine/prompt/chat_template/chat_template.h"
#include "engine/prompt/messages.h"

namespace deepwell::engine {

// What prompting needs to know of a model file; filled from its metadata.
struct ModelPrompting {
    std::string architecture;                  // general.architecture, may be empty
    std::string name;                          // general.name or basename, may be empty
    std::optional<std::string> chat_template;  // tokenizer.chat_template
    std::string bos, eos;                      // texts of the special tokens; empty = none
    std::vector<std::string> control_texts;    // texts of control and user-defined tokens
};

enum class PromptFamily { DeepSeek, ChatMl, Llama3, Plain };

struct Prompt {
    std::string text;
    std::vector<ByteSpan> untrusted;  // what users, tools or documents wrote
    bool opened_by_template = false;  // the prompt ends inside a thought: the reply begins in it
    bool thought_off = false;         // the prompt ends behind a closed thought
    bool starts_with_bos = false;     // add none when tokenizing
    bool from_file = true;            // false: the family's template stood in
    std::string note;                 // why, for people; empty if there is nothing to say
};

// Where the system prompt goes if a person has not said so.
SystemPlacement recommended_system_placement(const ModelPrompting& model);

class PromptBuilder {
public:
    // Never fails: a missing or broken template is replaced by the family's (see template_note()).
    static PromptBuilder create(ModelPrompting model);

    // Errors: TemplateError if the file's template fails on these messages and the family's too.
    Result<Prompt> build(const PromptRequest& request) const;

    const ModelPrompting& model() const { return model_; }
    PromptFamily family() const { return family_; }
    bool uses_file_template() const { return file_template_.has_value(); }
    const std::string& template_note() const { return template_note_; }
    // A switch of the template for thinking: "enable_thinking", "thinking", or empty.
    const std::string& thinking_switch() const { return thinking_switch_; }

private:
    PromptBuilder() = default;
    ModelPrompting model_;
    PromptFamily family_ = PromptFamily::Plain;
    std::optional<ChatTemplate> file_template_;
    std::optional<ChatTemplate> family_template_;
    std::string template_note_;
    std::string thinking_switch_;
};

}  // namespace deepwell::engine
