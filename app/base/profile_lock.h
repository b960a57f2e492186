// Who may write in a profile: the window, or one command of deepwell-cli. Readers need no lock.
#pragma once

#include <QtCore/QLockFile>
#include <memory>

#include "app/base/paths.h"
#include "app/base/result.h"

namespace deepwell::app {

class ProfileLock {
public:
    // Takes the lock or says who holds it, without waiting. A lock whose holder is dead is taken
    // over; one of a living process never, however old it is. Errors: Locked (the message names the
    // process), ReadOnly, InputOutput.
    static Result<ProfileLock> take(const Profile& profile);

    ProfileLock(ProfileLock&&) = default;
    ProfileLock& operator=(ProfileLock&&) = default;
    ~ProfileLock() = default;  // gives it back

private:
    explicit ProfileLock(std::unique_ptr<QLockFile> file) : file_(std::move(file)) {}
    std::unique_ptr<QLockFile> file_;
};

}  // namespace deepwell::app
