#include "app/generation/live_reply.h"

#include <utility>

namespace deepwell::app {
namespace {

using Kind = JournalEntry::Kind;

const char* opened_by_name(OpenedBy by) {
    return by == OpenedBy::Model ? "model" : "template";
}

Generation generation_of(const Started& started, const std::optional<Generation>& planned) {
    // What was planned (thinking, limits, stop texts) stays; what the engine knows comes to it.
    Generation generation = planned.value_or(Generation());
    generation.seed = started.seed;
    generation.context = started.context;
    PromptRecord prompt;
    prompt.tokens = started.prompt_tokens;
    prompt.sha256 = started.prompt_sha256;
    prompt.dropped_messages = started.dropped;
    generation.prompt = std::move(prompt);
    if (!started.template_sha256.empty()) generation.template_sha256 = started.template_sha256;
    generation.engine_version = started.engine_version;
    generation.backend = started.backend;
    generation.device = started.device;
    generation.gpu_layers = started.gpu_layers;
    return generation;
}

template <class T>
void add(std::optional<T>& sum, const std::optional<T>& more) {
    if (more) sum = sum.value_or(T()) + *more;
}

// A reply that went on: times and tokens add up, the first token is the first run's.
Statistics sum_of(const std::optional<Statistics>& before, const Statistics& now) {
    if (!before) return now;
    Statistics sum = *before;
    if (!sum.first_token_ms) sum.first_token_ms = now.first_token_ms;
    add(sum.total_ms, now.total_ms);
    add(sum.prompt_tokens_new, now.prompt_tokens_new);
    add(sum.prompt_tokens_reused, now.prompt_tokens_reused);
    add(sum.thought_tokens, now.thought_tokens);
    add(sum.answer_tokens, now.answer_tokens);
    if (now.thought_tokens_per_s) sum.thought_tokens_per_s = now.thought_tokens_per_s;
    if (now.answer_tokens_per_s) sum.answer_tokens_per_s = now.answer_tokens_per_s;
    sum.stop_reason = now.stop_reason;
    return sum;
}

MessageState state_of(StopReason reason) {
    switch (reason) {
        case StopReason::End:
        case StopReason::StopString:
            return MessageState::Complete;
        case StopReason::MaxTokens:
        case StopReason::ContextFull:
        case StopReason::Stopped:
        case StopReason::LoopGuard:
            return MessageState::Stopped;
        case StopReason::Failed:
            break;
    }
    return MessageState::Failed;
}

// Takes the events of one reply, one after another.
class Taker {
public:
    Taker(Milliseconds now, LiveReply& reply) : now_(now), reply_(reply) {}

    void operator()(const Queued& event) {
        reply_.ahead = event.ahead;
        phase(Phase::Queued);
    }
    void operator()(const LoadProgress& event) {
        reply_.load_done = event.done;
        phase(Phase::Loading);
    }
    void operator()(const Loaded& event) {
        reply_.load_done = 1;
        reply_.context = event.context;
    }
    void operator()(const LoadFailed&) {}
    void operator()(const Unloaded&) {}
    void operator()(const ReadProgress& event) {
        reply_.read_done = event.done;
        reply_.read_total = event.total;
        reply_.read_reused = event.reused;
        phase(Phase::Reading);
    }
    void operator()(const Started& event) {
        reply_.prompt_tokens = event.prompt_tokens;
        reply_.context = event.context;
        reply_.notes = event.notes;
        reply_.message.generation = generation_of(event, reply_.message.generation);
        if (!reply_.message.variant) reply_.message.model_name = event.model_name;
        phase(Phase::Reading);
    }
    void operator()(const ThoughtOpened& event) {
        reply_.thought_began = now_;
        reply_.thought_ms_before =
            reply_.message.thought ? reply_.message.thought->ms.value_or(0) : 0;
        phase(Phase::Thinking);
        // A thought that goes on is open in the message already.
        if (reply_.message.thought) {
            reply_.message.thought->ended_by.reset();
        } else {
            note({Kind::ThoughtOpened, opened_by_name(event.by), 0, 0});
        }
    }
    void operator()(const Delta& event) {
        reply_.tokens_per_second = event.tokens_per_second;
        Message& message = reply_.message;
        if (message.thought && message.thought->ended_by && event.thought.empty()) {
            // The closing sentence's tokens are known after the thought was closed.
            message.thought->tokens = message.thought->tokens.value_or(0) + event.thought_tokens;
        } else if (!event.thought.empty() || event.thought_tokens > 0) {
            note({Kind::Thought, event.thought, event.thought_tokens, thought_ms()});
        }
        if (!event.answer.empty() || event.answer_tokens > 0) {
            if (!event.answer.empty()) phase(Phase::Answering);
            note({Kind::Answer, event.answer, event.answer_tokens, 0});
        }
    }
    void operator()(const AnswerWasThought& event) {
        note({Kind::AnswerWasThought, "", 0, 0});
        reply_.message.thought->text = event.thought;  // trimmed as it is to be stored
    }
    void operator()(const ThoughtClosed& event) {
        note({Kind::ThoughtClosed, std::string(name_of(event.by)), 0,
              reply_.thought_ms_before + event.ms});
        phase(Phase::Answering);
    }
    void operator()(const Ended& event) {
        Message& message = reply_.message;
        reply_.phase = Phase::Ended;
        reply_.tokens_per_second = event.tokens_per_second;
        reply_.error = event.error;
        reply_.loop = event.loop;
        message.state = state_of(event.reason);
        message.finished = now_;
        if (message.thought && event.thought_ended_by) {
            message.thought->ended_by = event.thought_ended_by;
            message.thought->ms = reply_.thought_ms_before + event.thought_ms;
        }
        message.statistics = sum_of(message.statistics, event.statistics);
        message.repeat_from.reset();
        if (event.repeat_from) {
            message.repeat_from = static_cast<std::int64_t>(*event.repeat_from);
        }
        message.error.reset();
        if (event.error) {
            message.error = MessageError{std::string(engine::error_code_name(event.error->code)),
                                         engine::describe(*event.error)};
        }
    }

    std::vector<JournalEntry> take() && { return std::move(entries_); }

private:
    double thought_ms() const {
        return reply_.thought_ms_before + static_cast<double>(now_ - reply_.thought_began);
    }
    // Once Stop was pressed the window says so until the end.
    void phase(Phase phase) {
        if (reply_.phase != Phase::Stopping) reply_.phase = phase;
    }
    void note(JournalEntry entry) {
        apply(entry, reply_.message);
        entries_.push_back(std::move(entry));
    }

    Milliseconds now_;
    LiveReply& reply_;
    std::vector<JournalEntry> entries_;
};

}  // namespace

std::vector<JournalEntry> apply_event(const Event& event, Milliseconds now, LiveReply& reply) {
    Taker taker(now, reply);
    std::visit(taker, event);
    return std::move(taker).take();
}

}  // namespace deepwell::app
