#include "app/storage/rows/bin_rows.h"

#include <algorithm>

#include "app/conversations/message_tree.h"
#include "app/storage/rows/conversation_rows.h"
#include "app/storage/rows/message_rows.h"
#include "app/storage/rows/search_index.h"

namespace deepwell::app {
namespace {

// Rows of many messages go with a few statements; `which` names them by a bound number.
void delete_messages(Database& database, const std::string& which, Pk bound) {
    const std::string chosen = "(SELECT pk FROM messages WHERE " + which + ")";
    for (const auto* table : {"journal", "jobs", "attachments"}) {
        Query query(database, std::string("DELETE FROM ") + table + " WHERE message IN " + chosen);
        query.bind(bound).run();
    }
    Query index(database,
                "INSERT INTO search (search, rowid, question, thought, answer) "
                "SELECT 'delete', pk, question, thought, answer FROM search_source WHERE pk IN " +
                    chosen);
    index.bind(bound).run();
    // References to what goes, from rows that stay or go in the same statement.
    for (const auto* column : {"edited_from", "parent"}) {
        Query query(database, std::string("UPDATE messages SET ") + column + " = NULL WHERE " +
                                  column + " IN " + chosen);
        query.bind(bound).run();
    }
    Query query(database, "DELETE FROM messages WHERE " + which);
    query.bind(bound).run();
}

int purge_conversation(Database& database, Pk conversation) {
    set_current(database, conversation, std::nullopt);
    delete_messages(database, "conversation = ?", conversation);
    save_draft_row(database, conversation, "", 0);
    Query query(database, "DELETE FROM conversations WHERE pk = ?");
    query.bind(conversation).run();
    return 1;
}

}  // namespace

std::vector<MessageId> hide_messages(Database& database, Pk conversation, const MessageId& message,
                                     Milliseconds now) {
    need_message(database, conversation, message);
    MessageTree tree(read_messages(database, conversation));
    const auto hidden = tree.subtree(message);
    for (const auto& id : hidden) {
        Query query(database,
                    "UPDATE messages SET deleted = ? WHERE conversation = ? AND uuid = ?");
        query.bind(now).bind(conversation).bind(id).run();
    }
    const auto header = read_header(database, conversation);
    const bool current_hidden =
        !header.current || std::find(hidden.begin(), hidden.end(), *header.current) != hidden.end();
    if (current_hidden) {
        const auto leaf = tree.leaf_without(message);
        set_current(database, conversation,
                    leaf ? find_message(database, conversation, *leaf) : std::nullopt);
    }
    return hidden;
}

void show_messages(Database& database, Pk conversation, const std::vector<MessageId>& messages) {
    for (const auto& id : messages) {
        Query query(database,
                    "UPDATE messages SET deleted = NULL WHERE conversation = ? AND uuid = ?");
        query.bind(conversation).bind(id).run();
    }
    if (messages.empty()) return;
    if (const auto pk = find_message(database, conversation, messages.front())) {
        set_current(database, conversation, leaf_below(database, *pk));
    }
}

int purge_one(Database& database, Milliseconds before) {
    {
        Query query(
            database,
            "SELECT pk FROM conversations WHERE deleted IS NOT NULL AND deleted <= ? LIMIT 1");
        query.bind(before);
        if (query.next()) return purge_conversation(database, query.number(0));
    }
    Query query(database,
                "SELECT conversation, count(*) FROM messages "
                "WHERE deleted IS NOT NULL AND deleted <= ? GROUP BY conversation LIMIT 1");
    query.bind(before);
    if (!query.next()) return 0;
    const auto conversation = query.number(0);
    const int count = static_cast<int>(query.number(1));
    // Hidden messages hang together down to the leaves, so no shown one loses its parent.
    Query repoint(database,
                  "UPDATE conversations SET current = NULL WHERE pk = ? AND current IN "
                  "(SELECT pk FROM messages WHERE conversation = ? AND deleted IS NOT NULL)");
    repoint.bind(conversation).bind(conversation).run();
    delete_messages(
        database,
        "conversation = ? AND deleted IS NOT NULL AND deleted <= " + std::to_string(before),
        conversation);
    return count;
}

}  // namespace deepwell::app
