#include "app/cli/save_conversation.h"

#include "app/base/clock.h"
#include "app/base/profile_lock.h"
#include "app/base/wait_for.h"
#include "app/storage/store.h"

namespace deepwell::app::cli {

Result<void> save_conversation(const Profile& profile, const Conversation& conversation) {
    if (const auto made = create_profile(profile); !made) return fail(made.error());
    const auto lock = ProfileLock::take(profile);
    if (!lock) return fail(lock.error());
    const SystemClock clock;
    Store store(profile, clock);
    const auto opened = wait_for<OpenReport>([&](auto done) { store.open(done); });
    if (!opened) return fail(opened.error());

    Store::ImportBatch batch;
    batch.conversations = {conversation};
    const auto counts =
        wait_for<ImportCounts>([&](auto done) { store.import_batch(std::move(batch), done); });
    if (!counts) return fail(counts.error());
    if (counts->failed > 0) {
        return fail(ErrorCode::Internal,
                    counts->failures.empty() ? "It could not be saved." : counts->failures.front());
    }
    store.close();
    return {};
}

}  // namespace deepwell::app::cli
