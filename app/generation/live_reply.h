// A reply as it is now: what the window shows of it, running or just ended. A value; one a
// conversation, kept by the GenerationService whether the conversation is shown or not.
#pragma once

#include <optional>
#include <string>

#include "app/conversations/reply_journal.h"
#include "app/generation/event.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

// The states of a reply (app.md 3).
enum class Phase {
    Saving,   // the question is on its way to the disk
    Queued,   // waits for the model
    Loading,  // the model is read from disk
    Reading,  // the prompt is computed
    Thinking,
    Answering,
    Stopping,  // Stop was pressed; Ended follows within 200 ms
    Ended,     // message.state and message.statistics tell how
};

struct LiveReply {
    MessageRef ref;
    Phase phase = Phase::Saving;
    Message message;  // with the texts so far, as it would be stored now

    int ahead = 0;         // Queued: requests before this one
    double load_done = 0;  // Loading: 0 … 1
    int read_done = 0;     // Reading: tokens
    int read_total = 0;
    int read_reused = 0;
    double tokens_per_second = 0;  // of the last 2 s
    int prompt_tokens = 0;
    int context = 0;
    std::optional<double> first_token_ms;
    // Thinking: since when this run thinks (the service's clock), and what earlier runs took.
    Milliseconds thought_began = 0;
    double thought_ms_before = 0;
    bool answer_now_asked = false;

    std::optional<engine::Error> error;  // Failed
    std::string loop;                    // LoopGuard: "a piece of 38 tokens, 6 times"
    std::vector<std::string> notes;

    bool running() const { return phase != Phase::Ended; }
};

// Takes one event of the generator into the value. Gives the journal entries that belong to it.
std::vector<JournalEntry> apply_event(const Event& event, Milliseconds now, LiveReply& reply);

}  // namespace deepwell::app
