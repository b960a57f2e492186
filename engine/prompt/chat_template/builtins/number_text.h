// Numbers written as text, as Python's int() and float() read them: blanks around, underscores
// between digits.
#pragma once

#include <optional>
#include <string_view>

#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// base 0: by the prefix 0x, 0o, 0b.
std::optional<Integer> parse_integer(std::string_view text, int base);
std::optional<double> parse_float(std::string_view text);

}  // namespace deepwell::engine::chat_template
