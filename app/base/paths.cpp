#include "app/base/paths.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

Result<void> private_folder(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0) return {};
    if (errno != EEXIST) return fail(error_from_errno(errno, "make folder", folder.string()));
    struct stat status = {};
    if (::stat(folder.c_str(), &status) != 0) {
        return fail(error_from_errno(errno, "look at", folder.string()));
    }
    if (!S_ISDIR(status.st_mode)) {
        return fail(ErrorCode::InvalidArgument,
                    "The place of the profile is a file. Choose a folder.", folder.string());
    }
    // Others' rights are taken away where we may; a foreign folder with a group of its own stays.
    if (status.st_uid == ::geteuid() && (status.st_mode & 0077) != 0) {
        ::chmod(folder.c_str(), status.st_mode & 0700);
    }
    return {};
}

}  // namespace

Profile find_profile(const std::optional<fs::path>& data_option) {
    std::error_code ignored;
    const auto absolute = [&](const fs::path& path) {
        auto full = fs::absolute(path, ignored).lexically_normal();
        return full.has_filename() ? full : full.parent_path();
    };
    if (data_option && !data_option->empty()) return {absolute(*data_option)};
    // The specification wants relative values ignored.
    if (const char* home = std::getenv("XDG_DATA_HOME"); home != nullptr && home[0] == '/') {
        return {absolute(fs::path(home) / "deepwell")};
    }
    const char* home = std::getenv("HOME");
    return {absolute(fs::path(home != nullptr ? home : ".") / ".local" / "share" / "deepwell")};
}

Result<void> create_profile(const Profile& profile) {
    std::error_code error;
    const auto parent = profile.folder.parent_path();
    if (!parent.empty()) fs::create_directories(parent, error);
    if (error) return fail(error_from_errno(error.value(), "make folder", parent.string()));
    for (const auto& folder : {profile.folder, profile.copies(), profile.models(), profile.log()}) {
        if (auto made = private_folder(folder); !made) return made;
    }
    return {};
}

}  // namespace deepwell::app
