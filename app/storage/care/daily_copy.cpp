#include "app/storage/care/daily_copy.h"

#include <fcntl.h>
#include <unistd.h>

#include <QtCore/QDateTime>
#include <QtCore/QRegularExpression>
#include <algorithm>
#include <cerrno>
#include <vector>

#include "app/base/ids.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kKept = 7;

void sync_path(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw Failure(error_from_errno(errno, "open", path.string()));
    ::fsync(descriptor);
    ::close(descriptor);
}

void forget_old_copies(const fs::path& folder) {
    static const QRegularExpression kName(
        QStringLiteral("^conversations-\\d{4}-\\d\\d-\\d\\d\\.db$"));
    std::vector<fs::path> copies;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = QString::fromStdString(entry.path().filename().string());
        if (kName.match(name).hasMatch()) copies.push_back(entry.path());
    }
    std::sort(copies.rbegin(), copies.rend());
    for (std::size_t i = kKept; i < copies.size(); ++i) fs::remove(copies[i], error);
}

void check_copy(const fs::path& file) {
    Database copy(file, Database::Access::Read);
    Query query(copy, "PRAGMA quick_check(1)");
    if (!query.next() || query.text(0) != "ok") {
        throw Failure(ErrorCode::Damaged, "The daily copy could not be read back.", file.string());
    }
}

}  // namespace

bool make_daily_copy(const Profile& profile, Milliseconds now) {
    const auto day = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).date().toString(Qt::ISODate);
    const auto name = "conversations-" + day.toStdString() + ".db";
    const auto target = profile.copies() / name;
    std::error_code error;
    if (fs::exists(target, error)) return false;
    const auto part = profile.copies() / ("." + name + "." + new_id() + ".part");
    try {
        {
            // An empty file of the right mode is what VACUUM INTO may write to.
            const int made = ::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (made < 0) {
                throw Failure(error_from_errno(errno, "make file in", profile.copies().string()));
            }
            ::close(made);
            Database database(profile.database(), Database::Access::Read);
            // query_only would refuse the copy, too; the connection itself cannot write its file.
            database.run("PRAGMA query_only = OFF;");
            Query query(database, "VACUUM INTO ?");
            query.bind(part.string()).run();
        }
        check_copy(part);
        sync_path(part);
        fs::rename(part, target);
        sync_path(profile.copies());
    } catch (...) {
        fs::remove(part, error);
        throw;
    }
    forget_old_copies(profile.copies());
    return true;
}

}  // namespace deepwell::app
