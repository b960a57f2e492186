// How a failure leaves the interpreter: thrown from deep inside, caught in ChatTemplate::parse and
// render alone. Between them lie a hundred kinds of operations that would otherwise each hand the
// same error through; nothing of it is seen outside this folder.
#pragma once

#include <string>
#include <utility>

#include "engine/prompt/chat_template/template_error.h"

namespace deepwell::engine::chat_template {

struct Failure {
    TemplateError error;
};

using Kind = TemplateError::Kind;

[[noreturn]] inline void raise(Kind kind, std::string message) {
    throw Failure{{kind, std::move(message), 0, 0}};
}

}  // namespace deepwell::engine::chat_template
