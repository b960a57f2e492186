// Whether the list of tables in a database says what this program's migrations make of it. A byte
// that is flipped there passes SQLite's own checks, and every statement fails later.
#pragma once

#include "app/storage/sqlite/database.h"

namespace deepwell::app {

// Of a database that has been migrated. Throws (failure.h).
bool schema_agrees(Database& database);

}  // namespace deepwell::app
