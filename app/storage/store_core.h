// The part of the store that its thread works with. It outlives the Store where closing takes
// longer than its limit, so it never touches it without asking.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "app/base/clock.h"
#include "app/base/done.h"
#include "app/base/paths.h"
#include "app/storage/job_thread.h"
#include "app/storage/owed_writes.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {

class Store;

struct StoreCore {
    StoreCore(Store* store, Profile where, const Clock& time)
        : profile(std::move(where)), clock(time), owner(store) {}

    // Storage thread. The open database, or the reason why there is none as an exception.
    Database& open_database() {
        if (!database) throw Failure(*broken);
        return *database;
    }
    // Calls with the store where it is still there.
    void tell(const std::function<void(Store&)>& say) {
        const std::lock_guard lock(owner_mutex);
        if (owner != nullptr) say(*owner);
    }
    // A write that nobody waits for failed, or works again.
    void report(const std::optional<Error>& error);
    // Writes what running replies owe.
    void write_owed();

    const Profile profile;
    const Clock& clock;

    // Storage thread only.
    std::unique_ptr<Database> database;
    std::optional<Error> broken = Error{ErrorCode::Internal, "The store was not opened.", ""};
    std::optional<Error> reported;

    OwedWrites owed;
    std::mutex owner_mutex;
    Store* owner;  // null once it is gone
};

}  // namespace deepwell::app
