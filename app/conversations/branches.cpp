#include "app/conversations/branches.h"

#include <unordered_map>

#include "app/base/ids.h"
#include "app/conversations/reply_journal.h"

namespace deepwell::app {

Message edited_question(const Message& original, std::string text, MessageId id, Milliseconds now) {
    Message edited;
    edited.id = std::move(id);
    edited.parent = original.parent;
    edited.role = original.role;
    edited.created = now;
    edited.edited_from = original.id;
    edited.answer = std::move(text);
    edited.attachments = original.attachments;
    for (auto& attachment : edited.attachments) {
        if (attachment.id) attachment.id = new_id();
    }
    return edited;
}

Message queued_reply(const MessageId& question, MessageId id, Milliseconds now,
                     std::optional<VariantId> variant) {
    Message reply;
    reply.id = std::move(id);
    reply.parent = question;
    reply.role = Role::Assistant;
    reply.state = MessageState::Queued;
    reply.created = now;
    reply.variant = std::move(variant);
    return reply;
}

Result<Conversation> branch_here(const Conversation& conversation, const MessageId& message,
                                 Milliseconds now) {
    const MessageTree tree(conversation.messages);
    const auto path = tree.path_to(message);
    if (path.empty()) {
        return fail(ErrorCode::NotFound, "The message to branch at is not there.", message);
    }
    Conversation branch;
    branch.id = new_id();
    branch.title = conversation.title;
    branch.title_source = conversation.title_source;
    branch.created = now;
    branch.updated = now;
    branch.folder = conversation.folder;
    branch.system_prompt = conversation.system_prompt;
    branch.settings = conversation.settings;
    std::unordered_map<MessageId, MessageId> fresh;
    for (const auto* original : path) fresh.emplace(original->id, new_id());
    const auto fresh_id = [&](const std::optional<MessageId>& old) -> std::optional<MessageId> {
        const auto found = old ? fresh.find(*old) : fresh.end();
        if (found == fresh.end()) return std::nullopt;
        return found->second;
    };
    std::optional<MessageId> above;
    for (const auto* original : path) {
        Message copy = *original;
        copy.id = fresh.at(original->id);
        copy.parent = above;
        above = copy.id;
        copy.edited_from = fresh_id(original->edited_from);
        // A copy is nobody's job: a reply that still runs is copied as far as it has come.
        if (copy.state == MessageState::Queued) interrupt({}, now, copy);
        branch.messages.push_back(std::move(copy));
    }
    branch.current = above;
    return branch;
}

Conversation current_branch(Conversation conversation) {
    MessageTree tree(std::move(conversation.messages));
    conversation.messages.clear();
    conversation.current = tree.current_leaf(conversation.current);
    if (!conversation.current) return conversation;
    std::unordered_map<MessageId, bool> kept;
    for (const auto* message : tree.path_to(*conversation.current)) {
        conversation.messages.push_back(*message);
        kept.emplace(message->id, true);
    }
    for (auto& message : conversation.messages) {
        if (message.edited_from && !kept.contains(*message.edited_from)) {
            message.edited_from.reset();
        }
    }
    return conversation;
}

}  // namespace deepwell::app
