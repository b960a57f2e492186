#include "app/storage/store_core.h"

#include "app/storage/care/salvage.h"
#include "app/storage/sqlite/lock_holder.h"
#include "app/storage/store.h"

namespace deepwell::app {

void StoreCore::report(const std::optional<Error>& error) {
    const bool same =
        error.has_value() == reported.has_value() && (!error || error->code == reported->code);
    if (same) return;
    reported = error;
    tell([&](Store& store) {
        if (error) {
            emit store.problem(*error);
        } else {
            emit store.problemCleared();
        }
    });
}

void StoreCore::write_owed() {
    std::vector<MessageRef> ended;
    auto written = guarded([&] { owed.write(open_database(), now_ms(), ended); });
    for (const auto& reply : ended) {
        tell([&](Store& store) { emit store.conversationChanged(reply.conversation); });
    }
    if (written) {
        report(std::nullopt);
        return;
    }
    const auto error = with_holder(written.error());
    // Damage that a salvage mends is told by the salvage.
    if (!can_rescue(error)) report(error);
    throw Failure(error);
}

Result<void> StoreCore::settle_owed() {
    return attempt([this](Database&) { write_owed(); });
}

bool StoreCore::rescue() {
    if (!database || rescues_left_ == 0) return false;
    --rescues_left_;
    database.reset();
    // Replies that run go on: their jobs and journals are saved with the rest.
    const auto saved = guarded([&] {
        auto report = salvage(profile, now_ms());
        database = std::make_unique<Database>(profile.database(), Database::Access::Write);
        return report;
    });
    if (!saved) {
        broken = saved.error();
        return false;
    }
    tell([&](Store& store) {
        emit store.problem({ErrorCode::Damaged, describe(*saved), saved->damaged.string()});
        emit store.listChanged();
    });
    return true;
}

Error StoreCore::with_holder(const Error& error) const {
    if (error.code != ErrorCode::Locked) return error;
    const auto holder = lock_holder(profile.database());
    if (!holder) return error;
    return {error.code,
            *holder + " holds the conversations. Close it, then try again; nothing is lost.",
            error.context};
}

}  // namespace deepwell::app
