// The daily copy (reliability.md row 8): a snapshot without remains of deleted text, seven kept.
// Throws (failure.h). Runs on any thread but the storage thread: reads by a connection of its own.
#pragma once

#include "app/base/clock.h"
#include "app/base/paths.h"

namespace deepwell::app {

// copies/conversations-2026-11-24.db, unless there is one of today (UTC). Whole or absent, checked
// before it gets its name. True if it was made now.
bool make_daily_copy(const Profile& profile, Milliseconds now);

}  // namespace deepwell::app
