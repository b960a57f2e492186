#include "app/base/kept_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <QtCore/QDateTime>
#include <cerrno>
#include <string>

namespace deepwell::app {
namespace fs = std::filesystem;

Result<void> sync_path(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return fail(error_from_errno(errno, "open", path.string()));
    const int failed = ::fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    if (failed != 0 && failed != EINVAL && failed != ENOTSUP) {
        return fail(error_from_errno(failed, "flush", path.string()));
    }
    return {};
}

fs::path aside_name(const fs::path& file, Milliseconds now, std::string_view word) {
    auto stem = file.stem().string() + "-";
    if (!word.empty()) stem += std::string(word) + "-";
    stem += QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).date().toString(Qt::ISODate).toStdString();
    std::error_code error;
    for (int number = 1;; ++number) {
        auto name = number > 1 ? fmt::format("{}-{}", stem, number) : stem;
        auto aside = file.parent_path() / (name + file.extension().string());
        // A dangling link is taken, too.
        if (!fs::exists(fs::symlink_status(aside, error))) return aside;
    }
}

}  // namespace deepwell::app
