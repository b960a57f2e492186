// HTML in strings, as Jinja2's library markupsafe has it: `safe` and `escape` make markup, and
// plain text that is joined to markup is escaped, even though nothing is escaped in print. Chat
// templates have no HTML, but some published ones say `| safe`, and their prompts show what it
// does.
#pragma once

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// The text with & < > " ' written as entities.
Text escaped_text(const Text& text);
// The value's text: as it is if the value is markup, else escaped.
Text as_markup(Evaluator& evaluator, const Value& value);
// A string made of `like` in a way that keeps it markup, if it is.
Value string_like(Evaluator& evaluator, const Value& like, Text text);
// Runs a method that makes strings of markup: its texts are escaped first, and what it makes is
// markup.
Value call_on_markup(Evaluator& evaluator, const FunctionObject& method,
                     const Arguments& arguments);

}  // namespace deepwell::engine::chat_template
