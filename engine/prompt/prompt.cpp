#include "engine/prompt/prompt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/prompt/family_templates.h"

namespace deepwell::engine {
namespace {

constexpr std::string_view kOpenTag = "<think>";
constexpr std::string_view kCloseTag = "</think>";
constexpr std::string_view kSpace = " \t\r\n";

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return made;
}

bool knows_thoughts(const ModelPrompting& model) {
    if (std::ranges::find(model.control_texts, kCloseTag) != model.control_texts.end()) return true;
    return model.chat_template && model.chat_template->find(kCloseTag) != std::string::npos;
}

// Whether `text`, white space at its end left aside, ends with `tag` as the template's own word.
bool ends_with_tag(const Rendered& rendered, std::string_view tag) {
    const auto last = rendered.text.find_last_not_of(kSpace);
    if (last == std::string::npos || last + 1 < tag.size()) return false;
    const std::size_t begin = last + 1 - tag.size();
    if (rendered.text.compare(begin, tag.size(), tag) != 0) return false;
    return std::ranges::none_of(rendered.untrusted, [&](const ByteSpan& span) {
        return span.begin < last + 1 && span.end > begin;
    });
}

// R1 has no system role: its makers ask for instructions in the first question.
std::vector<Message> placed(const PromptRequest& request, const ModelPrompting& model) {
    std::vector<Message> messages = request.messages;
    if (request.system_prompt.empty()) return messages;
    SystemPlacement placement = request.system_placement;
    if (placement == SystemPlacement::ByModel) placement = recommended_system_placement(model);
    const auto question = std::ranges::find(messages, Role::User, &Message::role);
    if (placement == SystemPlacement::FirstUserMessage && question != messages.end()) {
        question->text = request.system_prompt + "\n\n" + question->text;
    } else {
        messages.insert(messages.begin(), {Role::System, request.system_prompt});
    }
    return messages;
}

std::string_view role_name(Role role) {
    return role == Role::System ? "system" : role == Role::User ? "user" : "assistant";
}

nlohmann::ordered_json context_of(const PromptRequest& request, const ModelPrompting& model,
                                  const std::string& thinking_switch) {
    nlohmann::ordered_json context;
    auto& messages = context["messages"] = nlohmann::ordered_json::array();
    for (const Message& message : placed(request, model)) {
        messages.push_back({{"role", role_name(message.role)}, {"content", message.text}});
    }
    context["tools"] = nullptr;
    context["documents"] = nullptr;
    context["add_generation_prompt"] = request.add_generation_prompt;
    if (!model.bos.empty()) context["bos_token"] = model.bos;
    if (!model.eos.empty()) context["eos_token"] = model.eos;
    if (!thinking_switch.empty() && request.thinking != ThinkingMode::AsTemplate) {
        context[thinking_switch] = request.thinking != ThinkingMode::Off;
    }
    for (const auto& [key, value] : request.options.items()) context[key] = value;
    return context;
}

// Closes or opens the thought at the prompt's end where the template has no switch for it.
void steer_thinking(Rendered& rendered, const PromptRequest& request, bool knows) {
    if (!request.add_generation_prompt || !knows) return;
    const bool opened = ends_with_tag(rendered, kOpenTag);
    const bool closed = ends_with_tag(rendered, kCloseTag);
    if (request.thinking == ThinkingMode::Off) {
        if (opened) {
            rendered.text += rendered.text.back() == '\n' ? "\n</think>\n\n" : "\n\n</think>\n\n";
        } else if (!closed) {
            rendered.text += "<think>\n\n</think>\n\n";
        }
    } else if (request.thinking == ThinkingMode::Force && !opened && !closed) {
        rendered.text += "<think>\n";
    }
}

// The raw text of the reply that goes on. Its tags are the model's own words; the rest may quote a
// user. Where prompt and reply both open the thought, the prompt's opening goes.
void append_reply(Rendered& rendered, std::string_view reply) {
    const auto first = reply.find_first_not_of(kSpace);
    if (first != std::string_view::npos && reply.substr(first).starts_with(kOpenTag) &&
        ends_with_tag(rendered, kOpenTag)) {
        rendered.text.erase(rendered.text.find_last_not_of(kSpace) + 1 - kOpenTag.size());
    }
    const std::size_t base = rendered.text.size();
    rendered.text += reply;
    std::size_t from = 0;
    for (const std::string_view tag : {kOpenTag, kCloseTag}) {
        const auto place = reply.find(tag, from);
        if (place == std::string_view::npos) continue;
        if (tag == kOpenTag && place != first) continue;
        if (place > from) rendered.untrusted.push_back({base + from, base + place});
        from = place + tag.size();
    }
    if (from < reply.size()) rendered.untrusted.push_back({base + from, base + reply.size()});
}

}  // namespace

SystemPlacement recommended_system_placement(const ModelPrompting& model) {
    const std::string name = lower(model.name);
    const bool r1 = name.find("r1") != std::string::npos && name.find("0528") == std::string::npos;
    return family_of(model) == PromptFamily::DeepSeek && r1 ? SystemPlacement::FirstUserMessage
                                                            : SystemPlacement::SystemMessage;
}

PromptBuilder PromptBuilder::create(ModelPrompting model) {
    PromptBuilder builder;
    builder.model_ = std::move(model);
    builder.family_ = family_of(builder.model_);
    const auto family = family_template(builder.family_, knows_thoughts(builder.model_));
    if (auto parsed = ChatTemplate::parse(family)) builder.family_template_ = std::move(*parsed);

    if (!builder.model_.chat_template) {
        builder.template_note_ =
            fmt::format("The model file has no chat template; the {} family's is used.",
                        family_name(builder.family_));
        return builder;
    }
    auto parsed = ChatTemplate::parse(*builder.model_.chat_template);
    if (!parsed) {
        builder.template_note_ = fmt::format(
            "The chat template of the model file is broken ({}); the {} family's is used.",
            describe(parsed.error().to_error()), family_name(builder.family_));
        return builder;
    }
    for (const char* name : {"enable_thinking", "thinking"}) {
        if (parsed->mentions(name)) {
            builder.thinking_switch_ = name;
            break;
        }
    }
    builder.file_template_ = std::move(*parsed);
    return builder;
}

Result<Prompt> PromptBuilder::build(const PromptRequest& request) const {
    RenderOptions options;
    options.now = request.now;
    const auto context = context_of(request, model_, thinking_switch_);

    Prompt prompt;
    TemplateResult<Rendered> rendered = tl::unexpected(TemplateError{});
    if (file_template_) rendered = file_template_->render(context, options);
    if (!rendered && family_template_) {
        prompt.note = template_note_;
        if (file_template_) {
            prompt.note = fmt::format(
                "The chat template of the model file failed ({}); the {} family's is used.",
                describe(rendered.error().to_error()), family_name(family_));
        }
        prompt.from_file = false;
        rendered = family_template_->render(context, options);
    }
    if (!rendered) return fail(rendered.error().to_error());

    steer_thinking(*rendered, request, knows_thoughts(model_));
    prompt.opened_by_template = ends_with_tag(*rendered, kOpenTag);
    prompt.thought_off = ends_with_tag(*rendered, kCloseTag);
    prompt.starts_with_bos = !model_.bos.empty() && rendered->text.starts_with(model_.bos);
    if (request.resume) append_reply(*rendered, *request.resume);
    prompt.text = std::move(rendered->text);
    prompt.untrusted = std::move(rendered->untrusted);
    return prompt;
}

}  // namespace deepwell::engine
