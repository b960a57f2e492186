// Rendering a conversation whose last message is to be continued, as transformers defines it
// (continue_final_message): the prompt ends right behind that message's text, with nothing that
// closes it.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/prompt/chat_template/chat_template.h"

namespace deepwell::engine {

// `context` holds messages; the last one's content is text. A marker is put behind it, the template
// rendered, and the text cut at the marker's last place; if the template trimmed the blank behind
// the marker, white space before it goes as well.
// Errors: those of render; RaiseException where the message does not appear in the text (templates
// that cut away thoughts).
TemplateResult<Rendered> render_continued(const ChatTemplate& chat_template,
                                          nlohmann::ordered_json context,
                                          const RenderOptions& options);

}  // namespace deepwell::engine
