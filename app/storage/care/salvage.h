// A damaged database (reliability.md row 5): set aside under a name with the date, and what can be
// read of it row by row put into a new one. Throws (failure.h).
#pragma once

#include <filesystem>
#include <string>

#include "app/base/clock.h"
#include "app/base/paths.h"
#include "app/storage/sqlite/database.h"

namespace deepwell::app {

struct SalvageReport {
    std::filesystem::path damaged;  // where the damaged file lies now
    std::int64_t conversations = 0;
    std::int64_t messages = 0;
    bool something_missing = true;  // false: every row that it should have was read
    std::string newest_copy;        // "2026-11-24"; empty: there is no daily copy
};

// A sentence for people.
std::string describe(const SalvageReport& report);

// Moves the database and its -wal to `conversations-damaged-2026-11-24.db` (with a number where
// that is taken) and fills a new one at its old place with what can be read.
SalvageReport salvage(const Profile& profile, Milliseconds now);

// Looks over the whole file, but for at most `limit` milliseconds. False only where damage was
// found.
bool looks_sound(Database& database, int limit);

}  // namespace deepwell::app
