// What is asked of a Generator: one reply, as a plain value. Everything is resolved here: the
// settings' layers, the path of messages, the budget in tokens. The generator looks nothing up.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/base/settings.h"
#include "app/conversations/generation_values.h"
#include "app/models/variant_plan.h"
#include "engine/sampling/settings.h"

namespace deepwell::app {

// The uuid of the reply's message. Empty: events of load and unload that belong to no reply.
using ReplyId = std::string;

enum class Speaker { User, Assistant };

struct AttachedText {
    std::string name;
    std::string text;
};

struct Turn {
    Speaker speaker = Speaker::User;
    std::string text;  // of a reply the answer alone, never its thought
    std::vector<AttachedText> attachments;
    std::string id;  // uuid of the message: Started names the turns that were left out by it
};

enum class OpenedBy { Nobody, Template, Model };

// A reply that goes on: what it has so far. The texts are as stored (trimmed as they are shown).
struct Resume {
    std::string thought;
    std::string answer;
    OpenedBy opened_by = OpenedBy::Nobody;  // Nobody: the reply has no thought
    bool thought_open = false;              // it ended inside the thought
    bool close_thought = false;             // close the thought first, then answer ("Answer now")
    int thought_tokens = 0;
    int answer_tokens = 0;  // with thought_tokens the step index at which sampling goes on
};

struct Thinking {
    Effort effort = Effort::Unlimited;
    std::optional<int> budget;   // tokens of the thought; empty = up to the reserve
    std::optional<int> reserve;  // tokens kept for the answer; empty = the engine's rule
    bool force = false;          // open the thought even if the template does not
};

// The tokens that an effort stands for: 0, 1,024, 4,096, 16,384, none.
std::optional<int> budget_of(Effort effort);
std::optional<Effort> effort_of(const std::string& name);

// When the conversation is longer than the context: refuse (an error comes back), or leave the
// oldest turns out. Chosen by a person, never by itself.
enum class Overflow { Refuse, DropOldest };

struct Request {
    ReplyId reply;
    VariantPlan variant;  // loaded first if another one, or another plan, is in memory
    std::string system_prompt;
    std::vector<Turn> path;  // root first; ends with the question
    Thinking thinking;
    engine::SamplerSettings sampler;  // its seed is not used: `seed` below is
    std::uint64_t seed = 0;
    std::optional<int> max_tokens;  // of this run; empty = up to the end of the context
    std::vector<std::string> stop;  // texts that end the reply; they are not part of it
    LoopGuardChoice guard = LoopGuardChoice::End;
    Overflow overflow = Overflow::Refuse;
    std::optional<Resume> resume;
};

}  // namespace deepwell::app
