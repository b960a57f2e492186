// Conversations and drafts, as rows. Throws (failure.h); callers hold the transaction.
#pragma once

#include <optional>
#include <vector>

#include "app/conversations/conversation.h"
#include "app/storage/sqlite/database.h"

namespace deepwell::app {

std::optional<Pk> find_conversation(Database& database, const ConversationId& id);
Pk need_conversation(Database& database, const ConversationId& id);

struct RowFilter {
    std::optional<bool> archived;
    std::optional<bool> deleted;
    std::optional<FolderId> folder;
    std::optional<ConversationId> id;
    bool rising = false;  // by order alone, for exports; else pinned first, then by falling order
};
std::vector<ConversationRow> read_rows(Database& database, const RowFilter& filter);

// Everything but the messages.
Conversation read_header(Database& database, Pk pk);

// With the order that it asks for where that is free, else (and for 0) behind all others. Without
// messages and `current`. The order it got.
struct InsertedConversation {
    Pk pk = 0;
    std::int64_t order = 0;
};
InsertedConversation insert_conversation(Database& database, const Conversation& conversation);
void set_current(Database& database, Pk conversation, std::optional<Pk> message);
std::int64_t next_order(Database& database);
// A new message came: to the top of the list.
std::int64_t raise_order(Database& database, Pk conversation, Milliseconds now);
// One column: title, archived, … `name` is ours, never a user's.
template <class T>
void set_column(Database& database, Pk conversation, const char* name, const T& value) {
    Query query(database, std::string("UPDATE conversations SET ") + name + " = ? WHERE pk = ?");
    query.bind(value).bind(conversation).run();
}

// 0 is the start page. An empty text takes the draft away.
void save_draft_row(Database& database, Pk conversation, const std::string& text, Milliseconds now);
std::optional<std::string> read_draft(Database& database, Pk conversation);

}  // namespace deepwell::app
