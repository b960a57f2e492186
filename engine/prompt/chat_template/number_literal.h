// Numbers as a template writes them: 1_000, 0x1F, 0b1, 0o17, 1.5, 1e3.
#pragma once

#include <string>
#include <string_view>

#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

struct NumberLiteral {
    std::size_t length = 0;  // in bytes
    bool is_float = false;
    Integer integer = 0;
    double real = 0;
    std::string error;  // not empty: no number
};

// The number whose first digit is at `place`. Behind a dot it is whole: a.0.1 are two indices.
NumberLiteral number_at(std::string_view text, std::size_t place);

}  // namespace deepwell::engine::chat_template
