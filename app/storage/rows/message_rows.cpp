#include "app/storage/rows/message_rows.h"

#include <unordered_map>
#include <unordered_set>

#include "app/conversations/generation_values.h"
#include "app/conversations/message_tree.h"
#include "app/storage/rows/search_index.h"
#include "app/storage/rows/variant_rows.h"
#include "app/storage/sqlite/failure.h"

namespace deepwell::app {
namespace {

constexpr auto kSelect =
    "SELECT m.pk, m.uuid, p.uuid, m.role, m.state, m.created, m.finished, e.uuid, m.answer, "
    "m.answer_tokens, m.thought, m.thought_tokens, m.thought_ms, m.thought_opened_by, "
    "m.thought_ended_by, m.thought_budget, m.thought_omitted, v.uuid, m.model_name, m.generation, "
    "m.statistics, m.error_code, m.error_text, m.origin_id, m.repeat_from, m.extra "
    "FROM messages m LEFT JOIN messages p ON p.pk = m.parent "
    "LEFT JOIN messages e ON e.pk = m.edited_from AND e.deleted IS NULL "
    "LEFT JOIN variants v ON v.pk = m.variant ";

Json json_of(const std::optional<std::string>& text) {
    if (!text) return Json();
    auto json = parse_json(*text);
    return json.is_discarded() ? Json() : json;
}

// Columns of a thought, from column 10 on.
std::optional<Thought> thought_of(const Query& row) {
    auto text = row.optional_text(10);
    if (!text) return std::nullopt;
    Thought thought;
    thought.text = std::move(*text);
    thought.tokens = row.optional_number(11);
    thought.ms = row.optional_real(12);
    if (const auto by = row.optional_text(13)) thought.opened_by = thought_opened_by_of(*by);
    if (const auto by = row.optional_text(14)) thought.ended_by = thought_ended_by_of(*by);
    thought.budget_tokens = row.optional_number(15);
    thought.omitted = row.number(16) != 0;
    return thought;
}

Message message_of(const Query& row) {
    Message message;
    message.id = row.text(1);
    message.parent = row.optional_text(2);
    message.role = role_of(row.text(3)).value_or(Role::User);
    message.state = message_state_of(row.text(4)).value_or(MessageState::Complete);
    message.created = row.optional_number(5);
    message.finished = row.optional_number(6);
    message.edited_from = row.optional_text(7);
    message.answer = row.text(8);
    message.answer_tokens = row.optional_number(9);
    message.thought = thought_of(row);
    message.variant = row.optional_text(17);
    message.model_name = row.optional_text(18);
    if (const auto json = json_of(row.optional_text(19)); json.is_object()) {
        message.generation = generation_from_json(json);
    }
    if (const auto json = json_of(row.optional_text(20)); json.is_object()) {
        message.statistics = statistics_from_json(json);
    }
    if (const auto code = row.optional_text(21)) {
        message.error = MessageError{*code, row.optional_text(22).value_or("")};
    }
    message.origin_id = row.optional_text(23);
    message.repeat_from = row.optional_number(24);
    if (auto json = json_of(row.optional_text(25)); json.is_object()) message.extra = json;
    return message;
}

Attachment attachment_of(const Query& row) {
    Attachment attachment;
    attachment.id = row.optional_text(1);
    attachment.name = row.text(2);
    attachment.type = row.optional_text(3);
    attachment.size = row.optional_number(4);
    attachment.sha256 = row.optional_text(5);
    attachment.tokens = row.optional_number(6);
    attachment.text = row.optional_text(7);
    attachment.bytes = row.optional_text(8);
    return attachment;
}

constexpr auto kAttachments =
    "SELECT a.message, a.uuid, a.name, a.type, a.size, a.sha256, a.tokens, a.text, a.bytes "
    "FROM attachments a ";

std::optional<std::string> text_or_null(const std::optional<Generation>& generation) {
    if (!generation) return std::nullopt;
    return to_text(to_json(*generation));
}

std::optional<std::string> text_or_null(const std::optional<Statistics>& statistics) {
    if (!statistics) return std::nullopt;
    return to_text(to_json(*statistics));
}

void bind_thought(Query& query, const std::optional<Thought>& thought) {
    if (!thought) {
        for (int i = 0; i < 6; ++i) query.bind_null();
        query.bind(false);
        return;
    }
    query.bind(thought->text).bind(thought->tokens).bind(thought->ms);
    if (thought->opened_by) {
        query.bind(name_of(*thought->opened_by));
    } else {
        query.bind_null();
    }
    if (thought->ended_by) {
        query.bind(name_of(*thought->ended_by));
    } else {
        query.bind_null();
    }
    query.bind(thought->budget_tokens).bind(thought->omitted);
}

void bind_error(Query& query, const std::optional<MessageError>& error) {
    if (error) {
        query.bind(error->code).bind(error->text);
    } else {
        query.bind_null().bind_null();
    }
}

void insert_attachments(Database& database, Pk message,
                        const std::vector<Attachment>& attachments) {
    int position = 0;
    for (const auto& attachment : attachments) {
        Query query(database,
                    "INSERT INTO attachments (message, position, uuid, name, type, size, sha256, "
                    "tokens, text, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        query.bind(message).bind(position++).bind(attachment.id).bind(attachment.name);
        query.bind(attachment.type).bind(attachment.size).bind(attachment.sha256);
        query.bind(attachment.tokens).bind(attachment.text);
        if (attachment.bytes) {
            query.bind_bytes(*attachment.bytes);
        } else {
            query.bind_null();
        }
        query.run();
    }
}

// The row alone; edited_from is set by the caller once all messages have their numbers.
Pk insert_row(Database& database, Pk conversation, const Message& message, std::optional<Pk> parent,
              std::int64_t position, std::optional<Pk> edited_from) {
    Query query(
        database,
        "INSERT INTO messages (conversation, uuid, parent, position, role, state, created, "
        "finished, edited_from, answer, answer_tokens, thought, thought_tokens, thought_ms, "
        "thought_opened_by, thought_ended_by, thought_budget, thought_omitted, variant, "
        "model_name, generation, statistics, error_code, error_text, origin_id, "
        "repeat_from, extra) VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.bind(conversation).bind(message.id).bind(parent).bind(position);
    query.bind(name_of(message.role)).bind(name_of(message.state));
    query.bind(message.created).bind(message.finished).bind(edited_from);
    query.bind(message.answer).bind(message.answer_tokens);
    bind_thought(query, message.thought);
    query.bind(find_variant(database, message.variant)).bind(message.model_name);
    query.bind(text_or_null(message.generation)).bind(text_or_null(message.statistics));
    bind_error(query, message.error);
    query.bind(message.origin_id).bind(message.repeat_from);
    if (message.extra.empty()) {
        query.bind_null();
    } else {
        query.bind(to_text(message.extra));
    }
    query.run();
    const auto pk = database.last_pk();
    insert_attachments(database, pk, message.attachments);
    return pk;
}

std::int64_t next_position(Database& database, Pk conversation, std::optional<Pk> parent) {
    Query query(database,
                "SELECT coalesce(max(position), -1) + 1 FROM messages "
                "WHERE conversation = ? AND parent IS ?");
    query.bind(conversation).bind(parent);
    query.next();
    return query.number(0);
}

}  // namespace

std::vector<Message> read_messages(Database& database, Pk conversation) {
    std::vector<Message> messages;
    std::unordered_map<Pk, std::size_t> index;
    {
        Query query(database, std::string(kSelect) +
                                  "WHERE m.conversation = ? AND m.deleted IS NULL "
                                  "ORDER BY m.position, m.pk");
        query.bind(conversation);
        while (query.next()) {
            index.emplace(query.number(0), messages.size());
            messages.push_back(message_of(query));
        }
    }
    {
        Query query(database, std::string(kAttachments) +
                                  "JOIN messages m ON m.pk = a.message "
                                  "WHERE m.conversation = ? ORDER BY a.message, a.position");
        query.bind(conversation);
        while (query.next()) {
            const auto found = index.find(query.number(0));
            if (found != index.end()) {
                messages[found->second].attachments.push_back(attachment_of(query));
            }
        }
    }
    // What hangs below a message in the bin is in the bin with it; a row that is not is left out
    // all the same, or it would come back as a root.
    std::unordered_set<MessageId> known;
    for (const auto& message : messages) known.insert(message.id);
    std::vector<MessageId> lost;
    for (const auto& message : messages) {
        if (message.parent && !known.contains(*message.parent)) lost.push_back(message.id);
    }
    MessageTree tree(std::move(messages));
    std::unordered_set<MessageId> hidden;
    for (const auto& id : lost) {
        for (auto& below : tree.subtree(id)) hidden.insert(std::move(below));
    }
    auto ordered = std::move(tree).take_depth_first();
    if (!hidden.empty()) {
        std::erase_if(ordered, [&](const Message& message) { return hidden.contains(message.id); });
    }
    return ordered;
}

std::optional<Pk> find_message(Database& database, Pk conversation, const std::string& uuid) {
    Query query(database, "SELECT pk FROM messages WHERE conversation = ? AND uuid = ?");
    query.bind(conversation).bind(uuid);
    if (!query.next()) return std::nullopt;
    return query.number(0);
}

Pk need_message(Database& database, Pk conversation, const std::string& uuid) {
    if (const auto pk = find_message(database, conversation, uuid)) return *pk;
    throw Failure(ErrorCode::NotFound, "The message is not there any more.", uuid);
}

Pk insert_message(Database& database, Pk conversation, const Message& message,
                  std::optional<Pk> parent) {
    const auto edited_from = message.edited_from
                                 ? find_message(database, conversation, *message.edited_from)
                                 : std::nullopt;
    const auto pk = insert_row(database, conversation, message, parent,
                               next_position(database, conversation, parent), edited_from);
    put_into_index(database, pk);
    return pk;
}

void insert_tree(Database& database, Pk conversation, const std::vector<Message>& messages) {
    std::unordered_map<MessageId, Pk> pks;
    std::unordered_map<Pk, std::int64_t> positions;  // 0: the roots
    for (const auto& message : messages) {
        std::optional<Pk> parent;
        if (message.parent) {
            if (const auto found = pks.find(*message.parent); found != pks.end()) {
                parent = found->second;
            }
        }
        const auto position = positions[parent.value_or(0)]++;
        pks.emplace(message.id,
                    insert_row(database, conversation, message, parent, position, std::nullopt));
    }
    for (const auto& message : messages) {
        if (!message.edited_from) continue;
        const auto found = pks.find(*message.edited_from);
        if (found == pks.end()) continue;
        Query query(database, "UPDATE messages SET edited_from = ? WHERE pk = ?");
        query.bind(found->second).bind(pks.at(message.id)).run();
    }
    put_conversation_into_index(database, conversation);
}

void update_reply(Database& database, Pk pk, const Message& reply) {
    take_out_of_index(database, pk);
    Query query(database,
                "UPDATE messages SET state = ?, finished = ?, answer = ?, answer_tokens = ?, "
                "thought = ?, thought_tokens = ?, thought_ms = ?, thought_opened_by = ?, "
                "thought_ended_by = ?, thought_budget = ?, thought_omitted = ?, variant = ?, "
                "model_name = ?, generation = ?, statistics = ?, error_code = ?, error_text = ?, "
                "repeat_from = ? WHERE pk = ?");
    query.bind(name_of(reply.state)).bind(reply.finished);
    query.bind(reply.answer).bind(reply.answer_tokens);
    bind_thought(query, reply.thought);
    query.bind(find_variant(database, reply.variant)).bind(reply.model_name);
    query.bind(text_or_null(reply.generation)).bind(text_or_null(reply.statistics));
    bind_error(query, reply.error);
    query.bind(reply.repeat_from).bind(pk).run();
    put_into_index(database, pk);
}

void update_generation(Database& database, Pk pk, const Generation& generation,
                       const std::optional<VariantId>& variant) {
    Query query(database, "UPDATE messages SET generation = ? WHERE pk = ?");
    query.bind(to_text(to_json(generation))).bind(pk).run();
    if (const auto known = find_variant(database, variant)) {
        Query named(database, "UPDATE messages SET variant = ? WHERE pk = ?");
        named.bind(*known).bind(pk).run();
    }
}

Message read_message(Database& database, Pk pk) {
    Query query(database, std::string(kSelect) + "WHERE m.pk = ?");
    query.bind(pk);
    if (!query.next()) {
        throw Failure(ErrorCode::NotFound, "The message is not there any more.");
    }
    auto message = message_of(query);
    Query attachments(database,
                      std::string(kAttachments) + "WHERE a.message = ? ORDER BY a.position");
    attachments.bind(pk);
    while (attachments.next()) message.attachments.push_back(attachment_of(attachments));
    return message;
}

void set_message_state(Database& database, Pk pk, MessageState state) {
    Query query(database, "UPDATE messages SET state = ? WHERE pk = ?");
    query.bind(name_of(state)).bind(pk).run();
}

Pk leaf_below(Database& database, Pk message) {
    Query query(database,
                "SELECT pk FROM messages WHERE parent = ? AND deleted IS NULL "
                "ORDER BY position DESC, pk DESC LIMIT 1");
    for (;;) {
        query.bind(message);
        if (!query.next()) return message;
        message = query.number(0);
        query.again();
    }
}

std::string message_uuid(Database& database, Pk message) {
    Query query(database, "SELECT uuid FROM messages WHERE pk = ?");
    query.bind(message);
    return query.next() ? query.text(0) : std::string();
}

}  // namespace deepwell::app
