// strftime for templates.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace deepwell::engine::chat_template {

// C's strftime, with English names whatever the program's locale; `now` empty = the machine's
// local time.
std::string formatted_time(const std::string& format,
                           const std::optional<std::chrono::local_seconds>& now);

}  // namespace deepwell::engine::chat_template
