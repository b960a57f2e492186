// The daily copy (reliability.md row 8): a snapshot without remains of deleted text, seven kept.
// Throws (failure.h). Runs on any thread but the storage thread: reads by a connection of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/base/clock.h"
#include "app/base/paths.h"

namespace deepwell::app {

struct StoreCopy {
    std::filesystem::path file;
    std::string day;  // "2026-11-24"
    std::uint64_t size = 0;
};

// Newest first; empty where there is none.
std::vector<StoreCopy> list_copies(const Profile& profile);

// copies/conversations-2026-11-24.db, unless there is one of today (UTC), or nothing to be copied
// yet. Whole or absent, checked before it gets its name. True if it was made now. Ends with
// Cancelled soon after `stop` is raised.
bool make_daily_copy(const Profile& profile, Milliseconds now, const std::atomic<bool>& stop);

// Looks over the whole database, by a connection of its own. True where it was stopped.
bool is_sound(const Profile& profile, const std::atomic<bool>& stop);

}  // namespace deepwell::app
