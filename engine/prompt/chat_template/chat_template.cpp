#include "engine/prompt/chat_template/chat_template.h"

#include <algorithm>
#include <utility>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/hidden_names.h"
#include "engine/prompt/chat_template/lexer.h"
#include "engine/prompt/chat_template/parser.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine {

namespace {

constexpr std::size_t kLargestTemplate = std::size_t(1) << 20;

// Surrogates, which a template may write with \u, have no place in UTF-8: each becomes U+FFFD,
// which takes as many bytes.
void repair(std::string& text) {
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const bool is_surrogate =
            text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0;
        if (is_surrogate) text.replace(i, 3, "\xEF\xBF\xBD");
    }
}

}  // namespace

ChatTemplate::ChatTemplate(std::shared_ptr<const chat_template::ParsedTemplate> parsed)
    : parsed_(std::move(parsed)) {}

TemplateResult<ChatTemplate> ChatTemplate::parse(std::string_view text) {
    if (text.size() > kLargestTemplate) {
        return tl::unexpected<TemplateError>(
            TemplateError{TemplateError::Kind::Limit, "The template is larger than 1 MiB.", 0, 0});
    }
    try {
        chat_template::Parser parser(chat_template::tokenize(text));
        auto parsed = std::make_shared<chat_template::ParsedTemplate>(parser.run());
        parsed->hidden = chat_template::find_hidden_names(*parsed);
        return ChatTemplate(std::move(parsed));
    } catch (const chat_template::Failure& failure) {
        return tl::unexpected<TemplateError>(failure.error);
    }
}

TemplateResult<Rendered> ChatTemplate::render(const nlohmann::ordered_json& context,
                                              const RenderOptions& options) const {
    try {
        chat_template::Evaluator evaluator(*parsed_, options);
        const chat_template::Text text = evaluator.run(context);
        Rendered rendered{text.bytes(), text.data_spans()};
        repair(rendered.text);
        return rendered;
    } catch (const chat_template::Failure& failure) {
        return tl::unexpected<TemplateError>(failure.error);
    }
}

bool ChatTemplate::mentions(std::string_view variable) const {
    const auto& names = parsed_->names;
    const auto place = std::find(names.begin(), names.end(), variable);
    return place != names.end() &&
           parsed_->is_read[static_cast<std::size_t>(place - names.begin())];
}

}  // namespace deepwell::engine
