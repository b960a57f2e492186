// A reply as it grows: the chunks that the journal keeps, and how they make a message.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/conversations/message.h"

namespace deepwell::app {

struct JournalEntry {
    enum class Kind {
        ThoughtOpened,     // text: who opened it ("template", "model")
        Thought,           // text goes on; ms: the thought's time so far
        Answer,            // text goes on
        AnswerWasThought,  // all answer text so far is the thought (facts: splitter rule 4)
        ThoughtClosed,     // text: who closed it ("model", "budget", …); ms: the thought's time
    };
    Kind kind = Kind::Answer;
    std::string text;         // whole UTF-8
    std::int64_t tokens = 0;  // of this chunk
    double ms = 0;

    bool operator==(const JournalEntry&) const = default;
};

std::string_view name_of(JournalEntry::Kind kind);
std::optional<JournalEntry::Kind> journal_kind_of(std::string_view name);

// Adds one chunk to the reply. Texts only grow; token counts add up.
void apply(const JournalEntry& entry, Message& reply);

// What a kill or a quit makes of a reply that was running: its chunks added, state Interrupted, an
// open thought ended by the interruption.
void interrupt(std::span<const JournalEntry> entries, Milliseconds now, Message& reply);

}  // namespace deepwell::app
