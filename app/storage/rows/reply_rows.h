// Replies that are owed or run: jobs and the journal. Throws (failure.h); callers hold the
// transaction.
#pragma once

#include <span>
#include <vector>

#include "app/conversations/reply_journal.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

void insert_job(Database& database, Pk message, const Json& request, Milliseconds now);
bool has_job(Database& database, Pk message);
void append_to_journal(Database& database, Pk message, std::span<const JournalEntry> entries);
std::vector<JournalEntry> read_journal(Database& database, Pk message);
// Journal and job go.
void forget_job(Database& database, Pk message);

// What a kill, or quitting, cut off: each message with a job becomes Interrupted with all that its
// journal holds.
std::vector<MessageRef> recover(Database& database, Milliseconds now);

// What a reader sees of a conversation's replies that run: as journaled so far, and for `exported`
// Interrupted (Queued without a word).
void show_running(Database& database, Pk conversation, bool exported, Milliseconds now,
                  std::vector<Message>& messages);

}  // namespace deepwell::app
