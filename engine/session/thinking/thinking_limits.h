// Watches a reply while it is written: parts thought and answer, counts tokens, and says when the
// thought has to end (budget, answer reserve, "answer now") or the reply goes round in circles.
//
// One object a reply, fed with each piece (a token and its text; the player's recorded pieces count
// as tokens). It decides; the caller acts: on Insert it tokenizes the text, runs it through the
// model like sampled tokens and goes on sampling behind it; the deltas of the inserted text are
// already in the Step. Not thread-safe; lives on the inference thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/prompt/reasoning_splitter.h"

namespace deepwell::engine {

enum class LoopGuardMode { Off, EndReply, CloseThought };

enum class ThoughtClosedBy { Model, Budget, Reserve, AnswerNow, LoopGuard };

struct ThinkingSettings {
    SplitterOptions splitter;
    bool thought_off = false;           // the prompt closed the thought: nothing to limit at first
    std::optional<std::size_t> budget;  // tokens of the thought; empty = no limit
    std::size_t context = 0;            // slots in all; 0 = no reserve
    std::size_t prompt_tokens = 0;
    std::size_t reserve = 0;  // slots kept for the answer; see answer_reserve()
    LoopGuardMode loop_guard = LoopGuardMode::EndReply;
    std::size_t thought_tokens_before = 0;  // of a reply that is continued
};

// A quarter of the context, at least 512 and at most 4,096 tokens, never more than half of it.
std::size_t answer_reserve(std::size_t context);

// What closes a thought before its time: a sentence in the model's own register and the tag.
// Starts with a line break, ends behind "</think>\n\n".
std::string closing_text(ThoughtClosedBy by, std::string_view thought,
                         const SplitterOptions& splitter);

struct ReplyStep {
    enum class Action { GoOn, Insert, End };
    Action action = Action::GoOn;
    SplitterDelta delta;                       // of the piece, and of what is inserted
    std::string insert;                        // Action::Insert: this text next, then go on
    std::optional<ThoughtClosedBy> closed_by;  // the thought ended with this step
    // Action::End: the loop guard. Byte offset in the part that was running (thought or answer)
    // where the repeats begin, and what was found.
    std::size_t repeat_from = 0;
    bool repeat_in_thought = false;
    std::string loop;  // "a piece of 38 tokens, 3 times"
};

class ThinkingLimits {
public:
    explicit ThinkingLimits(ThinkingSettings settings);
    ~ThinkingLimits();
    ThinkingLimits(ThinkingLimits&&) noexcept;
    ThinkingLimits& operator=(ThinkingLimits&&) noexcept;

    // One token of the model: its id (for the loop guard; the player hands a hash of the text), its
    // whole UTF-8 (empty while a character is unfinished: say so with `inside_character`).
    ReplyStep feed(std::int64_t id, std::string_view text, PieceKind kind = PieceKind::Text,
                   bool inside_character = false);
    // Takes effect at the next sentence end or after 20 tokens; nothing outside a thought.
    void request_answer_now();
    // The reply has ended: gives out what was held back.
    SplitterDelta finish();

    const ReasoningSplitter& splitter() const;
    std::size_t thought_tokens() const;
    std::size_t answer_tokens() const;
    bool in_thought() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::engine
