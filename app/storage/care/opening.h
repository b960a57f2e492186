// From a folder to an open store: profile folders, database, migration, recovery. Throws
// (failure.h).
#pragma once

#include <memory>
#include <utility>

#include "app/base/paths.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

std::pair<std::unique_ptr<Database>, OpenReport> open_store(const Profile& profile,
                                                            Milliseconds now);

}  // namespace deepwell::app
