// The fingerprint of a conversation's texts: finds the same conversation again when it is imported
// twice.
#pragma once

#include <string>
#include <vector>

#include "app/conversations/message.h"

namespace deepwell::app {

// SHA-256, in small hex digits, over the messages depth first, each
// `role 1F parent-index-or-"-" 1F thought 1F answer 1E` in UTF-8 (exchange.md 6). `messages` stand
// depth first.
std::string fingerprint(const std::vector<Message>& messages);

}  // namespace deepwell::app
