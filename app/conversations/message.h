// One message of a conversation: a question, a reply with its thought, or a system text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/conversations/generation_values.h"

namespace deepwell::app {

using ConversationId = std::string;  // a UUID for what Deepwell made, any text from elsewhere
using MessageId = std::string;       // unique within its conversation
using VariantId = std::string;
using FolderId = std::string;

enum class Role { System, User, Assistant };

// On disk. What a running reply does meanwhile (loading, reading, thinking, answering) is known to
// the generation service alone: for the disk it is Queued with a job.
enum class MessageState { Complete, Interrupted, Stopped, Failed, Queued };

enum class ThoughtOpenedBy { Template, Model, Import };
enum class ThoughtEndedBy {
    Model,
    Budget,
    Reserve,
    AnswerNow,
    LoopGuard,
    Stop,
    Interruption,
    Never
};

struct Thought {
    std::string text;
    std::optional<std::int64_t> tokens;
    std::optional<double> ms;
    std::optional<ThoughtOpenedBy> opened_by;
    std::optional<ThoughtEndedBy> ended_by;  // none: it still runs, or nobody knows
    std::optional<std::int64_t> budget_tokens;
    bool omitted = false;  // the text was left out on an export; tokens and ms are kept

    bool operator==(const Thought&) const = default;
};

struct Attachment {
    std::optional<std::string> id;
    std::string name;  // shown; never used as a path
    std::optional<std::string> type;
    std::optional<std::int64_t> size;
    std::optional<std::string> sha256;
    std::optional<std::int64_t> tokens;
    std::optional<std::string> text;   // at most one of text and bytes;
    std::optional<std::string> bytes;  // neither: known by name only

    bool operator==(const Attachment&) const = default;
};

struct MessageError {
    std::string code;
    std::string text;

    bool operator==(const MessageError&) const = default;
};

struct Message {
    MessageId id;
    std::optional<MessageId> parent;
    Role role = Role::User;
    MessageState state = MessageState::Complete;
    std::optional<Milliseconds> created;
    std::optional<Milliseconds> finished;
    std::optional<MessageId> edited_from;
    std::optional<Thought> thought;  // none: this message has none
    std::string answer;              // the visible text of every role
    std::optional<std::int64_t> answer_tokens;
    std::vector<Attachment> attachments;
    std::optional<VariantId> variant;
    std::optional<std::string> model_name;  // imports: the file is unknown
    std::optional<Generation> generation;
    std::optional<Statistics> statistics;
    std::optional<MessageError> error;
    std::optional<std::string> origin_id;
    std::optional<std::int64_t> repeat_from;  // local: where a loop's repeats begin, bytes
    Json extra = Json::object();              // unknown keys, written again

    bool operator==(const Message&) const = default;
};

std::string_view name_of(Role role);
std::string_view name_of(MessageState state);
std::string_view name_of(ThoughtOpenedBy by);
std::string_view name_of(ThoughtEndedBy by);
std::optional<Role> role_of(std::string_view name);
std::optional<MessageState> message_state_of(std::string_view name);
std::optional<ThoughtOpenedBy> thought_opened_by_of(std::string_view name);
std::optional<ThoughtEndedBy> thought_ended_by_of(std::string_view name);

}  // namespace deepwell::app
