#include "app/storage/rows/reply_rows.h"

#include <algorithm>

#include "app/storage/rows/message_rows.h"

namespace deepwell::app {

void insert_job(Database& database, Pk message, const Json& request, Milliseconds now) {
    Query query(database,
                "INSERT OR REPLACE INTO jobs (message, request, enqueued) VALUES (?, ?, ?)");
    query.bind(message).bind(to_text(request)).bind(now).run();
}

bool has_job(Database& database, Pk message) {
    Query query(database, "SELECT 1 FROM jobs WHERE message = ?");
    query.bind(message);
    return query.next();
}

void append_to_journal(Database& database, Pk message, std::span<const JournalEntry> entries) {
    for (const auto& entry : entries) {
        Query query(database,
                    "INSERT INTO journal (message, kind, text, tokens, ms) VALUES (?, ?, ?, ?, ?)");
        query.bind(message).bind(name_of(entry.kind)).bind(entry.text).bind(entry.tokens);
        query.bind(entry.ms).run();
    }
}

std::vector<JournalEntry> read_journal(Database& database, Pk message) {
    std::vector<JournalEntry> entries;
    Query query(database,
                "SELECT kind, text, tokens, ms FROM journal WHERE message = ? ORDER BY pk");
    query.bind(message);
    while (query.next()) {
        if (const auto kind = journal_kind_of(query.text(0))) {
            entries.push_back({*kind, query.text(1), query.number(2), query.real(3)});
        }
    }
    return entries;
}

void forget_job(Database& database, Pk message) {
    for (const auto* table : {"journal", "jobs"}) {
        Query query(database, std::string("DELETE FROM ") + table + " WHERE message = ?");
        query.bind(message).run();
    }
}

std::vector<MessageRef> recover(Database& database, Milliseconds now) {
    struct Left {
        Pk pk;
        MessageRef where;
    };
    std::vector<Left> left;
    {
        Query query(database,
                    "SELECT m.pk, c.uuid, m.uuid FROM jobs j JOIN messages m ON m.pk = j.message "
                    "JOIN conversations c ON c.pk = m.conversation ORDER BY m.pk");
        while (query.next()) {
            left.push_back({query.number(0), {query.text(1), query.text(2)}});
        }
    }
    std::vector<MessageRef> recovered;
    for (const auto& job : left) {
        auto reply = read_message(database, job.pk);
        interrupt(read_journal(database, job.pk), now, reply);
        reply.statistics.reset();
        update_reply(database, job.pk, reply);
        forget_job(database, job.pk);
        recovered.push_back(job.where);
    }
    return recovered;
}

void show_running(Database& database, Pk conversation, bool exported, Milliseconds now,
                  std::vector<Message>& messages) {
    Query query(database,
                "SELECT m.pk, m.uuid FROM jobs j JOIN messages m ON m.pk = j.message "
                "WHERE m.conversation = ?");
    query.bind(conversation);
    while (query.next()) {
        const auto id = query.text(1);
        const auto found = std::find_if(messages.begin(), messages.end(),
                                        [&](const Message& message) { return message.id == id; });
        if (found == messages.end()) continue;
        const auto entries = read_journal(database, query.number(0));
        const bool word = !entries.empty() || !found->answer.empty() || found->thought;
        if (exported && word) {
            interrupt(entries, now, *found);
            found->statistics.reset();
        } else {
            for (const auto& entry : entries) apply(entry, *found);
        }
    }
}

}  // namespace deepwell::app
