#include "engine/prompt/chat_template/template_error.h"

#include <fmt/format.h>

namespace deepwell::engine {

std::string_view template_error_kind_name(TemplateError::Kind kind) {
    switch (kind) {
        case TemplateError::Kind::Syntax:
            return "syntax";
        case TemplateError::Kind::Undefined:
            return "undefined";
        case TemplateError::Kind::Type:
            return "type";
        case TemplateError::Kind::Value:
            return "value";
        case TemplateError::Kind::Overflow:
            return "overflow";
        case TemplateError::Kind::ZeroDivision:
            return "zero_division";
        case TemplateError::Kind::Security:
            return "security";
        case TemplateError::Kind::Runtime:
            return "runtime";
        case TemplateError::Kind::RaiseException:
            return "raise_exception";
        case TemplateError::Kind::Limit:
            return "limit";
    }
    return "runtime";
}

Error TemplateError::to_error() const {
    std::string sentence =
        kind == Kind::RaiseException
            ? fmt::format("The chat template refuses this conversation: {}", message)
            : fmt::format("The chat template failed{}: {}",
                          line > 0 ? fmt::format(" in line {}, column {}", line, column) : "",
                          message);
    return {
        ErrorCode::TemplateError, std::move(sentence),
        fmt::format("{} error, line {}, column {}", template_error_kind_name(kind), line, column)};
}

}  // namespace deepwell::engine
