#include "app/storage/care/schema_check.h"

#include <set>
#include <string>

#include "app/storage/sqlite/migrations.h"
#include "app/storage/sqlite/tokenizer.h"

namespace deepwell::app {
namespace {

std::set<std::string> schema_of(SQLite::Database& connection) {
    // SQLite's own tables (statistics) come and go.
    SQLite::Statement query(connection,
                            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || "
                            "coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' "
                            "ESCAPE '\\'");
    std::set<std::string> rows;
    while (query.executeStep()) rows.insert(query.getColumn(0).getString());
    return rows;
}

}  // namespace

bool schema_agrees(Database& database) {
    SQLite::Database fresh(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    register_tokenizer(fresh.getHandle());
    for (const auto& statements : all_migrations()) fresh.exec(statements);
    return schema_of(database.sql()) == schema_of(fresh);
}

}  // namespace deepwell::app
