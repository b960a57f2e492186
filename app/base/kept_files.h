// What keeps files besides AtomicFile: flushing them to the disk, and names under which damaged
// ones are set aside.
#pragma once

#include <filesystem>
#include <string_view>

#include "app/base/clock.h"
#include "app/base/result.h"

namespace deepwell::app {

// Flushes a file, or the names in a folder, to the disk. A file system that cannot do it for
// folders (network ones) is no error. Errors: NoRoom, ReadOnly, InputOutput.
Result<void> sync_path(const std::filesystem::path& path);

// "settings.json" → "settings-2026-11-24.json" beside it, with `-2`, `-3` … where that is taken;
// `word` comes before the day: "conversations-damaged-2026-11-24.db".
std::filesystem::path aside_name(const std::filesystem::path& file, Milliseconds now,
                                 std::string_view word = {});

}  // namespace deepwell::app
