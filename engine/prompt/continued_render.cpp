#include "engine/prompt/continued_render.h"

#include <algorithm>

namespace deepwell::engine {
namespace {

const std::string kMarker = "CONTINUE_FINAL_MESSAGE_TAG ";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n\f\v");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n\f\v") - first + 1);
}

TemplateError does_not_appear() {
    return {TemplateError::Kind::RaiseException,
            "continue_final_message: final message does not appear"};
}

}  // namespace

TemplateResult<Rendered> render_continued(const ChatTemplate& chat_template,
                                          nlohmann::ordered_json context,
                                          const RenderOptions& options) {
    const auto messages = context.find("messages");
    if (messages == context.end() || !messages->is_array() || messages->empty() ||
        !messages->back().is_object() || !messages->back().contains("content") ||
        !messages->back()["content"].is_string()) {
        return tl::unexpected(does_not_appear());
    }
    auto& content = messages->back()["content"].get_ref<std::string&>();
    const std::string last = content;
    content += kMarker;
    auto rendered = chat_template.render(context, options);
    if (!rendered) return rendered;

    std::string& text = rendered->text;
    const auto place = text.rfind(trimmed(kMarker));
    if (place == std::string::npos || text.find(trimmed(last)) == std::string::npos) {
        return tl::unexpected(does_not_appear());
    }
    std::size_t end = place;
    if (text.compare(place, kMarker.size(), kMarker) != 0) {
        end = text.find_last_not_of(" \t\r\n\f\v", place == 0 ? 0 : place - 1) + 1;
    }
    text.resize(end);
    std::erase_if(rendered->untrusted, [end](const ByteSpan& span) { return span.begin >= end; });
    for (ByteSpan& span : rendered->untrusted) span.end = std::min(span.end, end);
    return rendered;
}

}  // namespace deepwell::engine
