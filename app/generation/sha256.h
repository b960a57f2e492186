// SHA-256 of a text. The implementation is Qt's, kept out of files that include the engine's
// headers, in which `slots` is a word of its own.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::app {

std::string sha256_hex(std::string_view text);

}  // namespace deepwell::app
