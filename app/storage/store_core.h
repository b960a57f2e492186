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
        : profile(std::move(where)), owner(store), clock_(time) {}

    // Storage thread. The open database, or the reason why there is none as an exception.
    Database& open_database() {
        if (!database) throw Failure(*broken);
        return *database;
    }
    // Storage thread. Runs `work(database)`, which may be run again: damage that only a job meets
    // (in a free page, in the search index) is met as at the start, by a salvage, and the job is
    // tried once more. A locked database's error names who holds it.
    template <class Work>
    auto attempt(Work&& work) {
        if (suspect.exchange(false)) static_cast<void>(rescue());
        auto result = guarded([&] { return work(open_database()); });
        if (!result && can_rescue(result.error()) && rescue()) {
            result = guarded([&] { return work(open_database()); });
        }
        if (!result) result = fail(with_holder(result.error()));
        return result;
    }
    // Calls with the store where it is still there.
    void tell(const std::function<void(Store&)>& say) {
        const std::lock_guard lock(owner_mutex);
        if (owner != nullptr) say(*owner);
    }
    // A write that nobody waits for failed, or works again.
    void report(const std::optional<Error>& error);
    // Writes what running replies owe. Throws.
    void write_owed();
    // The same as a job of its own.
    Result<void> settle_owed();

    // Any thread. The clock outlives the store only: once that is gone, its last moment.
    Milliseconds now_ms() {
        const std::lock_guard lock(owner_mutex);
        if (owner != nullptr) last_now_ = clock_.now_ms();
        return last_now_;
    }

    const Profile profile;

    // Storage thread only.
    std::unique_ptr<Database> database;
    std::optional<Error> broken = Error{ErrorCode::Internal, "The store was not opened.", ""};
    std::optional<Error> reported;

    // Any thread.
    std::atomic<bool> suspect{false};  // a check found damage: the next job begins with a salvage
    std::atomic<bool> closing{false};  // copies end at once
    OwedWrites owed;
    std::mutex owner_mutex;
    Store* owner;  // null once it is gone

private:
    bool can_rescue(const Error& error) const {
        return error.code == ErrorCode::Damaged && database && rescues_left_ > 0;
    }
    // Sets the damaged database aside and goes on with what was saved from it. False: it could not.
    bool rescue();
    Error with_holder(const Error& error) const;

    const Clock& clock_;
    Milliseconds last_now_ = clock_.now_ms();  // under owner_mutex
    int rescues_left_ = 3;                     // a failing disk is not met by ever more copies
};

}  // namespace deepwell::app
