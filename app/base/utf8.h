// Small rules of UTF-8 text, for whatever enters from outside.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::app {

// Each longest ill-formed run becomes U+FFFD; well-formed text comes back as it is.
std::string repair_utf8(std::string_view bytes);

// The longest beginning of `text` with at most `bytes` bytes that ends between characters.
std::string_view cut_utf8(std::string_view text, std::size_t bytes);

// Blanks, tabs and line ends at both ends off; runs of them inside become one blank.
std::string collapse_blanks(std::string_view text);

}  // namespace deepwell::app
