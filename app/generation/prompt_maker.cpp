#include "app/generation/prompt_maker.h"

#include <algorithm>

#include "app/problems/numbers.h"

namespace deepwell::app {
namespace {

using engine::ErrorCode;
using engine::PromptBuilder;
using engine::Tokenizer;

engine::Result<MadePrompt> render(const engine::PromptRequest& request,
                                  const PromptBuilder& builder, const Tokenizer& tokenizer) {
    auto prompt = builder.build(request);
    if (!prompt) return engine::fail(prompt.error());
    MadePrompt made;
    made.tokens = tokenizer.encode_prompt(prompt->text, prompt->untrusted);
    if (tokenizer.add_bos() && !prompt->starts_with_bos && tokenizer.bos()) {
        made.tokens.insert(made.tokens.begin(), *tokenizer.bos());
    }
    made.prompt = std::move(*prompt);
    return made;
}

engine::Message message_of(const Turn& turn) {
    engine::Message message;
    message.role = turn.speaker == Speaker::User ? engine::Role::User : engine::Role::Assistant;
    message.text = text_with_attachments(turn);
    return message;
}

auto too_long(std::size_t tokens, int context) {
    return engine::fail(ErrorCode::ContextFull,
                        "The conversation is longer than the context: " + thousands(tokens) +
                            " tokens, and the context has " +
                            thousands(static_cast<std::uint64_t>(context)) + ".",
                        "");
}

}  // namespace

std::string text_with_attachments(const Turn& turn) {
    std::string text;
    for (const AttachedText& file : turn.attachments) {
        text += "[file name]: " + file.name + "\n[file content begin]\n" + file.text +
                "\n[file content end]\n";
    }
    return text + turn.text;
}

std::string raw_text(const Resume& resume, const engine::SplitterOptions& tags) {
    std::string text;
    if (resume.opened_by != OpenedBy::Nobody) {
        text = tags.open_tag + "\n" + resume.thought;
        if (resume.thought_open) return text;
        text += "\n" + tags.close_tag + "\n\n";
    }
    return text + resume.answer;
}

engine::PromptRequest prompt_request(const Request& request) {
    engine::PromptRequest prompt;
    prompt.system_prompt = request.system_prompt;
    const bool has_thought = request.resume && request.resume->opened_by != OpenedBy::Nobody;
    if (request.thinking.effort == Effort::Off && !has_thought) {
        prompt.thinking = engine::ThinkingMode::Off;
    } else if (request.thinking.force) {
        prompt.thinking = engine::ThinkingMode::Force;
    }
    if (request.resume) {
        std::string raw = raw_text(*request.resume, {});
        if (!raw.empty()) prompt.resume = std::move(raw);
    }
    return prompt;
}

engine::Result<MadePrompt> make_prompt(const Request& request, const PromptBuilder& builder,
                                       const Tokenizer& tokenizer, int context, int room) {
    const std::vector<Turn>& turns = request.path;
    engine::PromptRequest prompt = prompt_request(request);
    const auto from = [&](std::size_t first) {
        prompt.messages.clear();
        for (std::size_t i = first; i < turns.size(); ++i) {
            prompt.messages.push_back(message_of(turns[i]));
        }
        return render(prompt, builder, tokenizer);
    };
    auto whole = from(0);
    if (!whole) return whole;
    const auto slots = static_cast<std::size_t>(std::max(context, 1));
    if (whole->tokens.size() < slots &&
        (request.overflow == Overflow::Refuse || whole->tokens.size() + room <= slots)) {
        return whole;
    }
    if (request.overflow == Overflow::Refuse) return too_long(whole->tokens.size(), context);

    // What remains begins with a question; fewer turns are never longer.
    std::vector<std::size_t> beginnings;
    for (std::size_t i = 1; i < turns.size(); ++i) {
        if (turns[i].speaker == Speaker::User) beginnings.push_back(i);
    }
    if (beginnings.empty()) {
        return whole->tokens.size() < slots ? std::move(whole)
                                            : too_long(whole->tokens.size(), context);
    }
    std::size_t low = 0;
    std::size_t high = beginnings.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const auto made = from(beginnings[middle]);
        if (!made) return made;
        if (made->tokens.size() + room <= slots) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    auto made = from(beginnings[low]);
    if (!made) return made;
    if (made->tokens.size() >= slots) return too_long(made->tokens.size(), context);
    for (std::size_t i = 0; i < beginnings[low]; ++i) made->dropped.push_back(turns[i].id);
    return made;
}

engine::Result<int> count_prompt(const Request& request, const PromptBuilder& builder,
                                 const Tokenizer& tokenizer) {
    engine::PromptRequest prompt = prompt_request(request);
    for (const Turn& turn : request.path) prompt.messages.push_back(message_of(turn));
    const auto made = render(prompt, builder, tokenizer);
    if (!made) return engine::fail(made.error());
    return static_cast<int>(made->tokens.size());
}

engine::ModelPrompting prompting_of(const engine::Metadata& metadata, const Tokenizer& tokenizer) {
    const auto text = [&](const char* key) -> std::optional<std::string> {
        const engine::Value* value = metadata.find(key);
        const auto found = value != nullptr ? value->as_string() : std::nullopt;
        if (!found) return std::nullopt;
        return std::string(*found);
    };
    engine::ModelPrompting prompting;
    prompting.architecture = text("general.architecture").value_or("");
    prompting.name = text("general.name").value_or(text("general.basename").value_or(""));
    prompting.chat_template = text("tokenizer.chat_template");
    const engine::Vocabulary& vocabulary = tokenizer.vocabulary();
    if (tokenizer.bos()) prompting.bos = vocabulary.text(*tokenizer.bos());
    if (tokenizer.eos()) prompting.eos = vocabulary.text(*tokenizer.eos());
    for (std::size_t i = 0; i < vocabulary.size(); ++i) {
        const auto id = static_cast<engine::TokenId>(i);
        const engine::TokenType type = vocabulary.type(id);
        if (type == engine::TokenType::control || type == engine::TokenType::user_defined) {
            prompting.control_texts.emplace_back(vocabulary.text(id));
        }
    }
    return prompting;
}

}  // namespace deepwell::app
