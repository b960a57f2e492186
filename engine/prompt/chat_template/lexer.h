// Cuts a template into tokens, white space control included (trim_blocks and lstrip_blocks on, as
// transformers has them).
#pragma once

#include <string_view>
#include <vector>

#include "engine/prompt/chat_template/token.h"

namespace deepwell::engine::chat_template {

// The last token is End. Fails with Syntax and the place.
std::vector<Token> tokenize(std::string_view source);

}  // namespace deepwell::engine::chat_template
