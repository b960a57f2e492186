#include "app/base/profile_lock.h"

#include <fmt/format.h>

namespace deepwell::app {

Result<ProfileLock> ProfileLock::take(const Profile& profile) {
    auto file = std::make_unique<QLockFile>(QString::fromStdString(profile.lock().string()));
    // 0: the lock of a living process is never taken for stale by its age.
    file->setStaleLockTime(0);
    if (file->tryLock(0)) return ProfileLock(std::move(file));

    const auto path = profile.lock().string();
    switch (file->error()) {
        case QLockFile::LockFailedError: {
            qint64 process = 0;
            QString host;
            QString program;
            if (file->getLockInfo(&process, &host, &program)) {
                return fail(
                    ErrorCode::Locked,
                    fmt::format("{} (process {}) uses this profile. Close it, or choose "
                                "another folder with --data.",
                                program.isEmpty() ? "Another program" : program.toStdString(),
                                process),
                    path);
            }
            return fail(ErrorCode::Locked,
                        "Another program uses this profile. Close it, or choose another folder "
                        "with --data.",
                        path);
        }
        case QLockFile::PermissionError:
            return fail(ErrorCode::ReadOnly,
                        "The profile's folder may not be written. Choose another folder with "
                        "--data, or change its rights.",
                        path);
        default:
            return fail(ErrorCode::InputOutput, "The profile's lock could not be made.", path);
    }
}

}  // namespace deepwell::app
