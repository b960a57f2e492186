#include "engine/prompt/family_templates.h"

#include <algorithm>

namespace deepwell::engine {
namespace {

// Old thoughts are cut from the history; the reply is opened inside a thought.
constexpr std::string_view kDeepSeekThinking =
    R"({{ bos_token }}{% for m in messages if m.role == 'system' %}{{ m.content }}{% endfor %})"
    R"({% for m in messages %}{% if m.role == 'user' %}{{ '<｜User｜>' ~ m.content }})"
    R"({% elif m.role == 'assistant' %}{{ '<｜Assistant｜>' ~ m.content.split('</think>')[-1] ~ eos_token }})"
    R"({% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<｜Assistant｜><think>\n' }}{% endif %})";

constexpr std::string_view kDeepSeekPlain =
    R"({{ bos_token }}{% for m in messages if m.role == 'system' %}{{ m.content }}{% endfor %})"
    R"({% for m in messages %}{% if m.role == 'user' %}{{ '<｜User｜>' ~ m.content }})"
    R"({% elif m.role == 'assistant' %}{{ '<｜Assistant｜>' ~ m.content ~ eos_token }})"
    R"({% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<｜Assistant｜>' }}{% endif %})";

constexpr std::string_view kChatMl =
    R"({% for m in messages %}{{ '<|im_start|>' ~ m.role ~ '\n' ~ m.content ~ '<|im_end|>\n' }})"
    R"({% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %})";

constexpr std::string_view kLlama3 =
    R"({{ bos_token }}{% for m in messages %}{{ '<|start_header_id|>' ~ m.role ~ '<|end_header_id|>\n\n' )"
    R"(~ m.content ~ '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %})"
    R"({{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %})";

constexpr std::string_view kPlain =
    R"({{ bos_token }}{% for m in messages %}{{ m.role | capitalize ~ ': ' ~ m.content ~ '\n\n' }})"
    R"({% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %})";

bool has_token(const ModelPrompting& model, std::string_view text) {
    return std::ranges::find(model.control_texts, text) != model.control_texts.end();
}

}  // namespace

PromptFamily family_of(const ModelPrompting& model) {
    if (has_token(model, "<｜User｜>") && has_token(model, "<｜Assistant｜>")) {
        return PromptFamily::DeepSeek;
    }
    if (has_token(model, "<|im_start|>") && has_token(model, "<|im_end|>")) {
        return PromptFamily::ChatMl;
    }
    if (has_token(model, "<|start_header_id|>")) return PromptFamily::Llama3;
    return PromptFamily::Plain;
}

std::string_view family_template(PromptFamily family, bool opens_thought) {
    switch (family) {
        case PromptFamily::DeepSeek:
            return opens_thought ? kDeepSeekThinking : kDeepSeekPlain;
        case PromptFamily::ChatMl:
            return kChatMl;
        case PromptFamily::Llama3:
            return kLlama3;
        case PromptFamily::Plain:
            break;
    }
    return kPlain;
}

std::string_view family_name(PromptFamily family) {
    switch (family) {
        case PromptFamily::DeepSeek:
            return "DeepSeek";
        case PromptFamily::ChatMl:
            return "ChatML";
        case PromptFamily::Llama3:
            return "Llama 3";
        case PromptFamily::Plain:
            break;
    }
    return "plain";
}

}  // namespace deepwell::engine
