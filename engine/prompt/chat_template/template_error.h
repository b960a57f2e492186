// What went wrong in a chat template, as a value: its kind, a sentence, and the place in the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "engine/base/error.h"

namespace deepwell::engine {

struct TemplateError {
    // The kinds that Jinja2's users tell apart (Python's exception classes), and one of our own.
    enum class Kind {
        Syntax,     // found by parse(), before anything is printed
        Undefined,  // use of a value that is not there
        Type,       // wrong type of operand, argument or callee
        Value,      // right type, impossible value
        Overflow,   // range() over 100,000, integers over 127 bits
        ZeroDivision,
        Security,        // a method that changes data from outside, names with underscores
        Runtime,         // other rules of the language
        RaiseException,  // the template itself called raise_exception(text): message is that text
        Limit,           // steps, depth, output or work of RenderLimits
    };

    Kind kind = Kind::Runtime;
    std::string message;
    std::size_t line = 0;    // 1-based; 0 = no place (an error before or behind the text)
    std::size_t column = 0;  // 1-based, in characters

    // As the engine's error: code TemplateError, a sentence that names the line, kind in context.
    Error to_error() const;
};

// "syntax", "undefined", "type", "raise_exception" …
std::string_view template_error_kind_name(TemplateError::Kind kind);

template <class T>
using TemplateResult = tl::expected<T, TemplateError>;

}  // namespace deepwell::engine
