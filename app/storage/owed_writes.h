// What running replies have handed in and is not on the disk yet: journal chunks that are being
// gathered, and, while the disk refuses, everything since, in its order (reliability.md rows 2, 3).
//
// add_* from any thread; write() on the storage thread.
#pragma once

#include <deque>
#include <mutex>
#include <variant>
#include <vector>

#include "app/base/done.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

class OwedWrites {
public:
    // True if no write() is planned: the caller then plans one.
    bool add_chunk(const MessageRef& reply, JournalEntry entry);
    void add_end(const MessageRef& reply, Message message);

    // Writes all in order: chunks together in one quick transaction, each end in a durable one of
    // its own. What is written is forgotten; at the first error the rest stays, and the error comes
    // out as an exception. Replies whose end was written are added to `ended`.
    void write(Database& database, Milliseconds now, std::vector<MessageRef>& ended);

    bool empty() const;

private:
    struct Owed {
        MessageRef reply;
        std::variant<JournalEntry, Message> what;
    };
    void put_back(std::deque<Owed> rest);

    mutable std::mutex mutex_;
    std::deque<Owed> waiting_;
    bool planned_ = false;
};

}  // namespace deepwell::app
