#include "app/storage/care/daily_copy.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>
#include <algorithm>
#include <cerrno>
#include <vector>

#include "app/base/ids.h"
#include "app/base/kept_files.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kKept = 7;

void must_sync(const fs::path& path) {
    if (auto synced = sync_path(path); !synced) throw Failure(synced.error());
}

void forget_old_copies(const Profile& profile) {
    const auto copies = list_copies(profile);
    std::error_code error;
    for (std::size_t i = kKept; i < copies.size(); ++i) fs::remove(copies[i].file, error);
}

// What runs on the connection ends with Cancelled once `stop` is raised.
void end_with(Database& database, const std::atomic<bool>& stop) {
    sqlite3_progress_handler(
        database.sql().getHandle(), 1000,
        [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; },
        const_cast<std::atomic<bool>*>(&stop));
}

bool passes_check(Database& database, const std::atomic<bool>& stop) {
    end_with(database, stop);
    Query query(database, "PRAGMA integrity_check(1)");
    return query.next() && query.text(0) == "ok";
}

void check_copy(const fs::path& file, const std::atomic<bool>& stop) {
    Database copy(file, Database::Access::Read);
    if (!passes_check(copy, stop)) {
        throw Failure(ErrorCode::Damaged, "The daily copy could not be read back.", file.string());
    }
}

}  // namespace

std::vector<StoreCopy> list_copies(const Profile& profile) {
    static const QRegularExpression kName(
        QStringLiteral("^conversations-(\\d{4}-\\d\\d-\\d\\d)\\.db$"));
    std::vector<StoreCopy> copies;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(profile.copies(), error)) {
        const auto match = kName.match(QString::fromStdString(entry.path().filename().string()));
        if (!match.hasMatch()) continue;
        const auto size = entry.file_size(error);
        copies.push_back({entry.path(), match.captured(1).toStdString(), error ? 0 : size});
    }
    std::sort(copies.begin(), copies.end(),
              [](const StoreCopy& a, const StoreCopy& b) { return a.day > b.day; });
    return copies;
}

bool is_sound(const Profile& profile, const std::atomic<bool>& stop) {
    const auto checked = guarded([&] {
        Database database(profile.database(), Database::Access::Read);
        return passes_check(database, stop);
    });
    return checked ? *checked : checked.error().code != ErrorCode::Damaged;
}

bool make_daily_copy(const Profile& profile, Milliseconds now, const std::atomic<bool>& stop) {
    const auto day = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).date().toString(Qt::ISODate);
    const auto name = "conversations-" + day.toStdString() + ".db";
    const auto target = profile.copies() / name;
    std::error_code error;
    if (fs::exists(target, error)) return false;
    const auto part = profile.copies() / ("." + name + "." + new_id() + ".part");
    try {
        {
            Database database(profile.database(), Database::Access::Read);
            if (database.number("SELECT count(*) FROM conversations") == 0) return false;
            // An empty file of the right mode is what VACUUM INTO may write to.
            const int made = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (made < 0) {
                throw Failure(error_from_errno(errno, "make file in", profile.copies().string()));
            }
            ::close(made);
            end_with(database, stop);
            // query_only would refuse the copy, too; the connection itself cannot write its file.
            database.run("PRAGMA query_only = OFF;");
            Query query(database, "VACUUM INTO ?");
            query.bind(part.string()).run();
        }
        check_copy(part, stop);
        must_sync(part);
        fs::rename(part, target);
        must_sync(profile.copies());
    } catch (...) {
        fs::remove(part, error);
        throw;
    }
    forget_old_copies(profile);
    return true;
}

}  // namespace deepwell::app
