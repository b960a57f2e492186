// What stands between the quotes of a template's string: Python's escapes.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::engine::chat_template {

// An unknown escape stays with its backslash. `error` is set where Python refuses (an unfinished
// \x, \u or \U).
std::string unescaped(std::string_view literal, std::string& error);

}  // namespace deepwell::engine::chat_template
