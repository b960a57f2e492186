// A chat template of a model file: Jinja2, as transformers sets it up, in our own interpreter.
//
// The text that comes out is Jinja2's to the byte. Beside it the interpreter keeps, for each byte,
// whether the template wrote it or data did, so that the tokenizer can keep what a user typed from
// ever becoming a control token. Nothing but the data handed in can be reached: no files, no
// attributes of host objects, no clock but the one in the options.
//
//     auto chat_template = ChatTemplate::parse(text);
//     if (!chat_template) return fail(chat_template.error().to_error());
//     auto rendered = chat_template->render({{"messages", messages}, {"bos_token", bos}}, {});
//
// Immutable after parse(); any number of threads may render at once.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/byte_span.h"
#include "engine/prompt/chat_template/template_error.h"

namespace deepwell::engine {

namespace chat_template {
struct ParsedTemplate;
}

// Bounds of one rendering. Passing one is an error of kind Limit.
struct RenderLimits {
    std::size_t steps = 1'000'000;       // operators, calls, statements, passes of a loop
    std::size_t depth = 64;              // macros and recursive loops in each other
    std::size_t output_bytes = 8 << 20;  // of the result, and of any single string on the way
    std::size_t range = 100'000;         // Jinja2's own
};

struct RenderOptions {
    // What strftime_now() tells: a local time without zone. Empty = the machine's clock.
    std::optional<std::chrono::local_seconds> now;
    // Top-level names whose strings count as the template's own words (special tokens). Everything
    // else in the context is data. The names that end in "_token" always count.
    std::vector<std::string> trusted_names;
    // append() and pop() on lists that the template made itself: two published texts need them;
    // Jinja2's sandbox forbids them.
    bool allow_list_changes = true;
    RenderLimits limits;
};

struct Rendered {
    std::string text;                 // UTF-8
    std::vector<ByteSpan> untrusted;  // bytes of `text` that came from data: ascending, apart
};

class ChatTemplate {
public:
    // Reads a template. Errors: Syntax with line and column (unknown tags, filters and tests too),
    // Limit for a text over 1 MiB or nested deeper than 64.
    static TemplateResult<ChatTemplate> parse(std::string_view text);

    // Renders with `context` (an object; its order is kept) as the whole set of variables.
    TemplateResult<Rendered> render(const nlohmann::ordered_json& context,
                                    const RenderOptions& options) const;

    // Whether the template reads a variable of this name ("enable_thinking", "thinking").
    bool mentions(std::string_view variable) const;

private:
    explicit ChatTemplate(std::shared_ptr<const chat_template::ParsedTemplate> parsed);
    std::shared_ptr<const chat_template::ParsedTemplate> parsed_;
};

}  // namespace deepwell::engine
