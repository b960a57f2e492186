#include "app/storage/sqlite/migrations.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <QtCore/QFile>
#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "app/base/ids.h"
#include "app/base/kept_files.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr int kCopiesKept = 2;

void must_sync(const fs::path& path) {
    if (auto synced = sync_path(path); !synced) throw Failure(synced.error());
}

void forget_old_copies(const fs::path& copies) {
    std::vector<std::pair<int, fs::path>> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(copies, error)) {
        int version = 0;
        char rest = 0;
        const auto name = entry.path().filename().string();
        if (std::sscanf(name.c_str(), "conversations-v%d.d%c", &version, &rest) == 2) {
            found.emplace_back(version, entry.path());
        }
    }
    std::sort(found.rbegin(), found.rend());
    for (std::size_t i = kCopiesKept; i < found.size(); ++i) fs::remove(found[i].second, error);
}

void check_keys(Database& database) {
    Query query(database, "PRAGMA foreign_key_check");
    if (query.next()) {
        throw Failure(ErrorCode::Damaged, "The conversations could not be brought up to date.",
                      "foreign key of " + query.text(0));
    }
}

}  // namespace

Migrations all_migrations() {
    Migrations migrations;
    for (int number = 1;; ++number) {
        QFile file(QString::fromStdString(fmt::format(":/deepwell/schema/{:04}.sql", number)));
        if (!file.open(QIODevice::ReadOnly)) return migrations;
        migrations.push_back(file.readAll().toStdString());
    }
}

int schema_version(Database& database) {
    const auto id = database.number("PRAGMA application_id");
    const auto version = database.number("PRAGMA user_version");
    const auto tables = database.number("SELECT count(*) FROM sqlite_schema");
    if (id == 0 && version == 0 && tables == 0) return 0;
    if (id != kApplicationId || version <= 0) {
        throw Failure(ErrorCode::Damaged, "The file of the conversations is another program's.",
                      fmt::format("application id {:#x}, version {}", id, version));
    }
    return static_cast<int>(version);
}

void copy_database(Database& database, const fs::path& target) {
    const auto part =
        target.parent_path() / fmt::format(".{}.{}.part", target.filename().string(), new_id());
    // 0600 from the start: SQLite takes over the mode of a file that is there.
    const int made = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0)
        throw Failure(error_from_errno(errno, "make file in", target.parent_path().string()));
    ::close(made);
    try {
        {
            SQLite::Database copy(part.string(), SQLite::OPEN_READWRITE);
            auto* backup =
                sqlite3_backup_init(copy.getHandle(), "main", database.sql().getHandle(), "main");
            if (backup == nullptr) throw SQLite::Exception(copy.getHandle());
            const int stepped = sqlite3_backup_step(backup, -1);
            sqlite3_backup_finish(backup);
            if (stepped != SQLITE_DONE) throw SQLite::Exception(copy.getHandle(), stepped);
            // The copy is one file: without a log of its own.
            copy.exec("PRAGMA journal_mode = DELETE;");
        }
        must_sync(part);
        fs::rename(part, target);
        must_sync(target.parent_path());
    } catch (...) {
        std::error_code ignored;
        fs::remove(part, ignored);
        throw;
    }
}

MigrationReport migrate(Database& database, const Migrations& migrations, const fs::path& copies) {
    MigrationReport report;
    const int newest = static_cast<int>(migrations.size());
    report.from = schema_version(database);
    report.to = newest;
    if (report.from > newest) {
        throw Failure(ErrorCode::Newer,
                      "The conversations were written by a newer Deepwell. Update to open them.",
                      fmt::format("schema {}, this program knows {}", report.from, newest));
    }
    if (report.from > 0 && report.from < newest) {
        copy_database(database, copies / fmt::format("conversations-v{}.db", report.from));
        forget_old_copies(copies);
    }
    for (int version = report.from + 1; version <= newest; ++version) {
        Transaction transaction(database, Durability::Full);
        database.run(migrations[static_cast<std::size_t>(version) - 1]);
        check_keys(database);
        database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};",
                                 kApplicationId, version));
        transaction.commit();
    }
    return report;
}

}  // namespace deepwell::app
