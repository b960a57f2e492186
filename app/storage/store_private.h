// How the store's calls reach its thread. For the store's own sources only.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "app/storage/rows/conversation_rows.h"
#include "app/storage/store.h"
#include "app/storage/store_core.h"

namespace deepwell::app {

// What every call answers once the store is closed.
inline Error closed_error() {
    return {ErrorCode::Cancelled, "The store is closed.", ""};
}

class Store::Private {
public:
    Private(Store* store, Profile profile, const Clock& clock)
        : core(std::make_shared<StoreCore>(store, std::move(profile), clock)) {}

    // Runs `work(database)` on the storage thread and hands its result to `done`.
    template <class T, class Work>
    void post(Lane lane, Done<T> done, Work work) {
        const bool taken = thread.post(lane, [core = core, done, work]() mutable {
            done(core->attempt([&](Database& database) -> T { return work(database); }));
        });
        if (!taken) done(fail(closed_error()));
    }

    // A change: one durable transaction; then the conversation's row is said to have changed.
    template <class T, class Work>
    void change(Done<T> done, const ConversationId& id, Work work, Lane lane = Lane::Urgent,
                Durability durability = Durability::Full) {
        post<T>(lane, std::move(done),
                [core = core, id, work, durability](Database& database) mutable -> T {
                    std::optional<T> result;
                    {
                        Transaction transaction(database, durability);
                        result.emplace(work(database));
                        transaction.commit();
                    }
                    // The disk takes writes again: what waits for it goes too.
                    if (core->reported) static_cast<void>(guarded([&] { core->write_owed(); }));
                    core->tell([&](Store& store) {
                        if (id.empty()) {
                            emit store.listChanged();
                        } else {
                            emit store.conversationChanged(id);
                        }
                    });
                    return std::move(*result);
                });
    }

    // A change of one column of a conversation.
    template <class T>
    void set(const ConversationId& id, const char* column, T value, Done<Nothing> done) {
        change<Nothing>(std::move(done), id, [id, column, value](Database& database) {
            set_column(database, need_conversation(database, id), column, value);
            return Nothing{};
        });
    }

    std::shared_ptr<StoreCore> core;
    JobThread thread;
    JobThread care;  // copies: reads for as long as the database is large
};

}  // namespace deepwell::app
