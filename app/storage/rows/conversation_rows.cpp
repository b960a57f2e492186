#include "app/storage/rows/conversation_rows.h"

#include "app/conversations/conversation_json.h"
#include "app/storage/rows/variant_rows.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace {

std::string origin_key_of(const Origin& origin) {
    return origin.id ? origin.format + ":" + *origin.id : std::string();
}

}  // namespace

std::optional<Pk> find_conversation(Database& database, const ConversationId& id) {
    Query query(database, "SELECT pk FROM conversations WHERE uuid = ?");
    query.bind(id);
    if (!query.next()) return std::nullopt;
    return query.number(0);
}

Pk need_conversation(Database& database, const ConversationId& id) {
    if (const auto pk = find_conversation(database, id)) return *pk;
    throw Failure(ErrorCode::NotFound, "The conversation is not there any more.", id);
}

std::vector<ConversationRow> read_rows(Database& database, const RowFilter& filter) {
    std::string text =
        "SELECT c.uuid, c.title, c.created, c.updated, c.seq, c.pinned, c.pinned_order, "
        "c.archived, "
        "c.deleted, f.uuid, c.unread, "
        "(SELECT count(*) FROM messages m WHERE m.conversation = c.pk AND m.deleted IS NULL), "
        "EXISTS (SELECT 1 FROM jobs j JOIN messages m ON m.pk = j.message "
        "WHERE m.conversation = c.pk), l.state "
        "FROM conversations c LEFT JOIN folders f ON f.pk = c.folder "
        "LEFT JOIN messages l ON l.pk = c.current WHERE 1";
    if (filter.archived) text += *filter.archived ? " AND c.archived" : " AND NOT c.archived";
    if (filter.deleted) {
        text += *filter.deleted ? " AND c.deleted IS NOT NULL" : " AND c.deleted IS NULL";
    }
    if (filter.folder) text += " AND f.uuid = ?";
    if (filter.id) text += " AND c.uuid = ?";
    text += filter.rising ? " ORDER BY c.seq"
                          : " ORDER BY c.pinned DESC, CASE WHEN c.pinned THEN "
                            "coalesce(c.pinned_order, 1 << 62) END, c.seq DESC";
    Query query(database, text);
    if (filter.folder) query.bind(*filter.folder);
    if (filter.id) query.bind(*filter.id);
    std::vector<ConversationRow> rows;
    while (query.next()) {
        ConversationRow row;
        row.id = query.text(0);
        row.title = query.text(1);
        row.created = query.optional_number(2);
        row.updated = query.optional_number(3);
        row.order = query.number(4);
        row.pinned = query.number(5) != 0;
        row.pinned_order = query.optional_number(6);
        row.archived = query.number(7) != 0;
        row.deleted = query.optional_number(8);
        row.folder = query.optional_text(9);
        row.unread = query.number(10) != 0;
        row.messages = static_cast<int>(query.number(11));
        row.has_job = query.number(12) != 0;
        if (const auto state = query.optional_text(13)) row.last_state = message_state_of(*state);
        rows.push_back(std::move(row));
    }
    return rows;
}

Conversation read_header(Database& database, Pk pk) {
    Query query(
        database,
        "SELECT c.uuid, c.title, c.title_source, c.created, c.updated, c.seq, c.pinned, "
        "c.pinned_order, c.archived, c.deleted, f.uuid, c.system_prompt, c.settings, d.text, "
        "m.uuid, c.origin, c.left_out, c.unread, c.extra "
        "FROM conversations c LEFT JOIN folders f ON f.pk = c.folder "
        "LEFT JOIN drafts d ON d.conversation = c.pk "
        "LEFT JOIN messages m ON m.pk = c.current WHERE c.pk = ?");
    query.bind(pk);
    if (!query.next()) {
        throw Failure(ErrorCode::NotFound, "The conversation is not there any more.");
    }
    const auto object = [&](int column) {
        const auto text = query.optional_text(column);
        auto json = text ? parse_json(*text) : Json();
        return json.is_object() ? json : Json();
    };
    Conversation conversation;
    conversation.id = query.text(0);
    conversation.title = query.text(1);
    if (const auto source = query.optional_text(2)) {
        conversation.title_source = title_source_of(*source);
    }
    conversation.created = query.optional_number(3);
    conversation.updated = query.optional_number(4);
    conversation.order = query.number(5);
    conversation.pinned = query.number(6) != 0;
    conversation.pinned_order = query.optional_number(7);
    conversation.archived = query.number(8) != 0;
    conversation.deleted = query.optional_number(9);
    conversation.folder = query.optional_text(10);
    conversation.system_prompt = query.optional_text(11);
    if (const auto json = object(12); json.is_object()) {
        conversation.settings = settings_from_json_object(json);
    }
    conversation.draft = query.optional_text(13);
    conversation.current = query.optional_text(14);
    if (const auto json = object(15); json.is_object()) {
        conversation.origin = origin_from_json(json);
    }
    if (const auto json = object(16); json.is_object()) {
        for (const auto& [kind, count] : json.items()) {
            if (count.is_number_integer()) conversation.left_out[kind] = count.get<std::int64_t>();
        }
    }
    conversation.unread = query.number(17) != 0;
    if (const auto json = object(18); json.is_object()) conversation.extra = json;
    return conversation;
}

std::int64_t next_order(Database& database) {
    return database.number("SELECT coalesce(max(seq), 0) + 1 FROM conversations");
}

InsertedConversation insert_conversation(Database& database, const Conversation& conversation) {
    InsertedConversation inserted;
    inserted.order = conversation.order;
    Query taken(database, "SELECT 1 FROM conversations WHERE seq = ?");
    taken.bind(inserted.order);
    if (inserted.order == 0 || taken.next()) inserted.order = next_order(database);

    Query query(database,
                "INSERT INTO conversations (uuid, seq, title, title_source, created, updated, "
                "pinned, pinned_order, archived, deleted, folder, system_prompt, settings, unread, "
                "origin, origin_key, fingerprint, left_out, extra) VALUES "
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.bind(conversation.id).bind(inserted.order).bind(conversation.title);
    if (conversation.title_source) {
        query.bind(name_of(*conversation.title_source));
    } else {
        query.bind_null();
    }
    query.bind(conversation.created).bind(conversation.updated);
    query.bind(conversation.pinned).bind(conversation.pinned_order);
    query.bind(conversation.archived).bind(conversation.deleted);
    query.bind(find_folder(database, conversation.folder)).bind(conversation.system_prompt);
    if (conversation.settings) {
        query.bind(to_text(to_json(*conversation.settings)));
    } else {
        query.bind_null();
    }
    query.bind(conversation.unread);
    if (conversation.origin) {
        const auto key = origin_key_of(*conversation.origin);
        query.bind(to_text(to_json(*conversation.origin)));
        query.bind(key.empty() ? std::optional<std::string>() : key);
        query.bind(conversation.origin->fingerprint);
    } else {
        query.bind_null().bind_null().bind_null();
    }
    if (conversation.left_out.empty()) {
        query.bind_null();
    } else {
        query.bind(to_text(Json(conversation.left_out)));
    }
    if (conversation.extra.empty()) {
        query.bind_null();
    } else {
        query.bind(to_text(conversation.extra));
    }
    query.run();
    inserted.pk = database.last_pk();
    return inserted;
}

void set_current(Database& database, Pk conversation, std::optional<Pk> message) {
    set_column(database, conversation, "current", message);
}

std::int64_t raise_order(Database& database, Pk conversation, Milliseconds now) {
    const auto order = next_order(database);
    Query query(database, "UPDATE conversations SET seq = ?, updated = ? WHERE pk = ?");
    query.bind(order).bind(now).bind(conversation).run();
    return order;
}

void save_draft_row(Database& database, Pk conversation, const std::string& text,
                    Milliseconds now) {
    if (text.empty()) {
        Query query(database, "DELETE FROM drafts WHERE conversation = ?");
        query.bind(conversation).run();
        return;
    }
    Query query(database,
                "INSERT OR REPLACE INTO drafts (conversation, text, changed) VALUES (?, ?, ?)");
    query.bind(conversation).bind(text).bind(now).run();
}

std::optional<std::string> read_draft(Database& database, Pk conversation) {
    Query query(database, "SELECT text FROM drafts WHERE conversation = ?");
    query.bind(conversation);
    if (!query.next()) return std::nullopt;
    return query.text(0);
}

}  // namespace deepwell::app
