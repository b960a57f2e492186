// The database's schema and its changes: `schema/0001.sql` … in order, `user_version` = the last
// one that ran (reliability.md row 4). Throws (failure.h).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/storage/sqlite/database.h"

namespace deepwell::app {

// The statements of each version, the first being version 1.
using Migrations = std::vector<std::string>;
Migrations all_migrations();

struct MigrationReport {
    int from = 0;  // 0: it was new
    int to = 0;
};

// Brings an open database up to the last version: one transaction a step, in which `user_version`
// is raised, so a kill leaves one version or the other. Before the first step of a database that
// has something in it, a copy goes to `copies/conversations-v<from>.db`; two such copies are kept.
// Errors: Newer (it is left alone), Damaged (no database of ours).
MigrationReport migrate(Database& database, const Migrations& migrations,
                        const std::filesystem::path& copies);

// The version of a database, 0 of an empty one. Errors: Damaged (not ours).
int schema_version(Database& database);

// Copies the whole database into `target`, which is whole or absent.
void copy_database(Database& database, const std::filesystem::path& target);

}  // namespace deepwell::app
