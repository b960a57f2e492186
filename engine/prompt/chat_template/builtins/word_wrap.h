// Breaks lines between words, as Python's textwrap does.
#pragma once

#include <vector>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/text.h"

namespace deepwell::engine::chat_template {

struct WrapOptions {
    Integer width = 79;  // in characters, above 0
    bool break_long_words = true;
    bool break_on_hyphens = true;
};

// The lines that one line without newlines becomes; none if it is blank.
std::vector<Text> wrapped(Evaluator& evaluator, const Text& line, const WrapOptions& options);

}  // namespace deepwell::engine::chat_template
