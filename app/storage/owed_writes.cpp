#include "app/storage/owed_writes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "app/storage/rows/conversation_rows.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/reply_rows.h"

namespace deepwell::app {
namespace {

std::optional<Pk> find_reply(Database& database, const MessageRef& reply) {
    const auto conversation = find_conversation(database, reply.conversation);
    if (!conversation) return std::nullopt;
    return find_message(database, *conversation, reply.message);
}

// Chunks of one kind that follow one another are one row.
void join(std::vector<JournalEntry>& entries, JournalEntry entry) {
    const bool grows =
        entry.kind == JournalEntry::Kind::Thought || entry.kind == JournalEntry::Kind::Answer;
    if (grows && !entries.empty() && entries.back().kind == entry.kind) {
        entries.back().text += entry.text;
        entries.back().tokens += entry.tokens;
        entries.back().ms = std::max(entries.back().ms, entry.ms);
    } else {
        entries.push_back(std::move(entry));
    }
}

}  // namespace

bool OwedWrites::add_chunk(const MessageRef& reply, JournalEntry entry) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({reply, std::move(entry)});
    return !std::exchange(planned_, true);
}

void OwedWrites::add_end(const MessageRef& reply, Message message) {
    const std::lock_guard lock(mutex_);
    // The end holds everything that its chunks say.
    std::erase_if(waiting_, [&](const Owed& owed) { return owed.reply == reply; });
    waiting_.push_back({reply, std::move(message)});
}

bool OwedWrites::empty() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
}

void OwedWrites::put_back(std::deque<Owed> rest) {
    const std::lock_guard lock(mutex_);
    // An end that came meanwhile replaces the chunks that were being written.
    for (auto& owed : waiting_) {
        if (std::holds_alternative<Message>(owed.what)) {
            std::erase_if(rest, [&](const Owed& old) { return old.reply == owed.reply; });
        }
    }
    for (auto& owed : waiting_) rest.push_back(std::move(owed));
    waiting_ = std::move(rest);
}

void OwedWrites::write(Database& database, Milliseconds now, std::vector<MessageRef>& ended) {
    std::deque<Owed> taken;
    {
        const std::lock_guard lock(mutex_);
        taken.swap(waiting_);
        planned_ = false;
    }
    try {
        while (!taken.empty()) {
            if (auto* message = std::get_if<Message>(&taken.front().what)) {
                const auto& where = taken.front().reply;
                Transaction transaction(database, Durability::Full);
                // Purged meanwhile: nothing is left to write.
                if (const auto pk = find_reply(database, where)) {
                    update_reply(database, *pk, *message);
                    forget_job(database, *pk);
                    set_column(database, *find_conversation(database, where.conversation),
                               "updated", now);
                }
                transaction.commit();
                ended.push_back(where);
                taken.pop_front();
                continue;
            }
            std::map<MessageRef, std::vector<JournalEntry>> chunks;
            std::size_t count = 0;
            for (const auto& owed : taken) {
                const auto* entry = std::get_if<JournalEntry>(&owed.what);
                if (entry == nullptr) break;
                join(chunks[owed.reply], *entry);
                ++count;
            }
            Transaction transaction(database, Durability::Normal);
            for (const auto& [reply, entries] : chunks) {
                // A chunk that comes after its reply's end (a stop that was in flight) has no job.
                const auto pk = find_reply(database, reply);
                if (pk && has_job(database, *pk)) append_to_journal(database, *pk, entries);
            }
            transaction.commit();
            taken.erase(taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(count));
        }
    } catch (...) {
        put_back(std::move(taken));
        throw;
    }
}

}  // namespace deepwell::app
