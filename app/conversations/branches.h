// What "edit", "try again" and "branch here" make: new messages beside old ones, never in their
// place.
#pragma once

#include "app/conversations/conversation.h"
#include "app/conversations/message_tree.h"

namespace deepwell::app {

// A sibling of the question `original` with another text and `edited_from`. Its reply follows as
// after any question.
Message edited_question(const Message& original, std::string text, MessageId id, Milliseconds now);

// An empty reply, Queued, below `question`: after sending, and for "try again" (a sibling of the
// replies that are there).
Message queued_reply(const MessageId& question, MessageId id, Milliseconds now,
                     std::optional<VariantId> variant);

// A new conversation with copies (new ids) of the path up to `message`. The title, system prompt,
// settings and folder go along; replies keep how they were made.
Result<Conversation> branch_here(const Conversation& conversation, const MessageId& message,
                                 Milliseconds now);

// The conversation reduced to the path to its current leaf.
Conversation current_branch(Conversation conversation);

}  // namespace deepwell::app
