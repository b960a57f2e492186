// Who else holds a database: for the sentence that asks to close that program.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace deepwell::app {

// "sqlite3 (process 4711)": another process that keeps this one from writing, by the system's list
// of locks. None: nobody does any more, or the system does not tell.
std::optional<std::string> lock_holder(const std::filesystem::path& database);

}  // namespace deepwell::app
