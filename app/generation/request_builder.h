// From a stored conversation to the request for one of its replies. Pure functions.
#pragma once

#include <optional>

#include "app/conversations/conversation.h"
#include "app/conversations/message_tree.h"
#include "app/generation/reply_settings.h"
#include "app/generation/request.h"

namespace deepwell::app {

// What one reply does differently from its conversation's settings.
struct ReplyChoices {
    std::optional<std::uint64_t> seed;  // none: a new one
    Overflow overflow = Overflow::Refuse;
    std::optional<double> temperature;    // "Try again, temperature 0.70"
    std::optional<Generation> as_before;  // sampler, thinking and seed of that reply
    std::optional<LoopGuardChoice> guard;
    std::optional<Resume> resume;
};

// The turns above the reply, root first. A question without a reply keeps its place; replies that
// came to nothing (no answer) are left out together with nothing else.
std::vector<Turn> turns_above(const MessageTree& tree, const MessageId& reply);

// The request; its `reply` id is left to the caller.
Request build_request(const MessageTree& tree, const MessageId& reply,
                      const ReplySettings& settings, const ReplyChoices& choices,
                      std::uint64_t fresh_seed);

// How the reply is going to be made, as far as it is known before the engine has seen it.
Generation planned_generation(const Request& request);

// Where a reply that ended goes on. close_thought: "Answer now", "Answer from here".
Resume resume_of(const Message& reply, bool close_thought);

// Takes away what the loop guard found to be repeats. True if something was cut.
bool cut_repeats(Message& reply);

}  // namespace deepwell::app
