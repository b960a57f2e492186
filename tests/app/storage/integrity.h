// Whether a database is whole, after whatever was done to the program that wrote it.
#pragma once

#include <filesystem>
#include <string>

#include "app/storage/rows/search_index.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::tests {

// Empty, or what SQLite or the search index finds wrong.
inline std::string complaint_of(const std::filesystem::path& file) {
    using namespace deepwell::app;
    const auto checked = guarded([&] {
        Database database(file, Database::Access::Write);
        Query check(database, "PRAGMA integrity_check");
        if (!check.next() || check.text(0) != "ok") return std::string("integrity");
        Query keys(database, "PRAGMA foreign_key_check");
        if (keys.next()) return std::string("foreign keys");
        if (!index_agrees(database)) return std::string("search index");
        return std::string();
    });
    return checked ? *checked : describe(checked.error());
}

}  // namespace deepwell::tests
