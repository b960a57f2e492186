// The store's errors in the window's words. See problem.h.
#pragma once

#include "app/base/error.h"
#include "app/problems/problem.h"

namespace deepwell::app {

// file: the database or export target the words name. Export and import failures have words of
// their own.
enum class StorageWork { Saving, Opening, Exporting, Importing };
Problem make_problem(const Error& error, StorageWork work, const std::string& file);

}  // namespace deepwell::app
