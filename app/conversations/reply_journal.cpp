#include "app/conversations/reply_journal.h"

#include <utility>

namespace deepwell::app {
namespace {

constexpr std::pair<JournalEntry::Kind, std::string_view> kKinds[] = {
    {JournalEntry::Kind::ThoughtOpened, "thought-opened"},
    {JournalEntry::Kind::Thought, "thought"},
    {JournalEntry::Kind::Answer, "answer"},
    {JournalEntry::Kind::AnswerWasThought, "answer-was-thought"},
    {JournalEntry::Kind::ThoughtClosed, "thought-closed"}};

Thought& thought_of(Message& reply) {
    if (!reply.thought) reply.thought.emplace();
    return *reply.thought;
}

}  // namespace

std::string_view name_of(JournalEntry::Kind kind) {
    for (const auto& [value, word] : kKinds) {
        if (value == kind) return word;
    }
    return {};
}

std::optional<JournalEntry::Kind> journal_kind_of(std::string_view name) {
    for (const auto& [value, word] : kKinds) {
        if (word == name) return value;
    }
    return std::nullopt;
}

void apply(const JournalEntry& entry, Message& reply) {
    switch (entry.kind) {
        case JournalEntry::Kind::ThoughtOpened: {
            auto& thought = thought_of(reply);
            if (!thought.opened_by) thought.opened_by = thought_opened_by_of(entry.text);
            thought.ended_by.reset();  // Continue goes on inside a thought that had been cut off
            break;
        }
        case JournalEntry::Kind::Thought: {
            auto& thought = thought_of(reply);
            thought.text += entry.text;
            thought.tokens = thought.tokens.value_or(0) + entry.tokens;
            if (entry.ms > 0) thought.ms = entry.ms;
            thought.ended_by.reset();
            break;
        }
        case JournalEntry::Kind::Answer:
            reply.answer += entry.text;
            reply.answer_tokens = reply.answer_tokens.value_or(0) + entry.tokens;
            break;
        case JournalEntry::Kind::AnswerWasThought: {
            auto& thought = thought_of(reply);
            thought.text += std::exchange(reply.answer, std::string());
            thought.tokens = thought.tokens.value_or(0) + reply.answer_tokens.value_or(0);
            reply.answer_tokens = 0;
            break;
        }
        case JournalEntry::Kind::ThoughtClosed: {
            auto& thought = thought_of(reply);
            thought.ended_by = thought_ended_by_of(entry.text).value_or(ThoughtEndedBy::Model);
            if (entry.ms > 0) thought.ms = entry.ms;
            break;
        }
    }
}

void interrupt(std::span<const JournalEntry> entries, Milliseconds now, Message& reply) {
    for (const auto& entry : entries) apply(entry, reply);
    reply.state = MessageState::Interrupted;
    reply.finished = now;
    if (reply.thought && !reply.thought->ended_by && reply.answer.empty()) {
        reply.thought->ended_by = ThoughtEndedBy::Interruption;
    }
}

}  // namespace deepwell::app
