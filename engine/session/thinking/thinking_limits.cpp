#include "engine/session/thinking/thinking_limits.h"

#include <algorithm>
#include <vector>

#include "engine/prompt/code_fence.h"
#include "engine/session/thinking/loop_guard.h"

namespace deepwell::engine {
namespace {

// How long a thought may go on to the end of its sentence.
constexpr std::size_t kGrace = 20;
// What the closing sentence takes of the context.
constexpr std::size_t kClosingTokens = 32;

std::string_view sentence_of(ThoughtClosedBy by) {
    switch (by) {
        case ThoughtClosedBy::Model:
            return "";
        case ThoughtClosedBy::Budget:
            return "I have thought about this for long enough, so I will give the answer now.";
        case ThoughtClosedBy::Reserve:
            return "There is not much room left, so I will give the answer now.";
        case ThoughtClosedBy::AnswerNow:
            return "The answer is wanted now, so I will answer with what I have found so far.";
        case ThoughtClosedBy::LoopGuard:
            break;
    }
    return "I am repeating myself, so I will answer with what I have found so far.";
}

bool ends_sentence(std::string_view text) {
    if (text.ends_with('\n')) return true;
    const auto last = text.find_last_not_of(" \t)\"'*");
    if (last == std::string_view::npos) return false;
    const std::string_view front = text.substr(0, last + 1);
    for (const std::string_view mark : {".", "!", "?", "…", "。", "！", "？"}) {
        if (front.ends_with(mark)) return true;
    }
    return false;
}

void append(SplitterDelta& to, SplitterDelta&& more) {
    to.answer_was_thought |= more.answer_was_thought;
    to.answer_before += more.answer_before;
    to.thought_opened |= more.thought_opened;
    to.thought += more.thought;
    to.thought_closed |= more.thought_closed;
    to.answer += more.answer;
}

}  // namespace

std::size_t answer_reserve(std::size_t context) {
    const std::size_t quarter = std::clamp<std::size_t>(context / 4, 512, 4096);
    return std::min(quarter, context / 2);
}

std::string closing_text(ThoughtClosedBy by, std::string_view thought,
                         const SplitterOptions& splitter) {
    CodeFence fence;
    fence.feed(thought);
    std::string text = "\n";
    if (fence.inside()) text += "```\n";
    const std::string_view sentence = sentence_of(by);
    if (!sentence.empty()) {
        text += "\n";
        text += sentence;
        text += "\n";
    }
    return text + splitter.close_tag + "\n\n";
}

struct ThinkingLimits::State {
    explicit State(ThinkingSettings given)
        : settings(std::move(given)),
          splitter(settings.splitter),
          thought_tokens(settings.thought_tokens_before) {}

    bool thinking() const {
        return splitter.state() == ReasoningSplitter::State::Thought ||
               (splitter.state() == ReasoningSplitter::State::Start &&
                settings.splitter.opened_by_template);
    }

    void count(bool was_thinking, ReplyStep& step);
    void watch(std::int64_t id, std::string_view text, bool was_thinking, ReplyStep& step);
    std::optional<ThoughtClosedBy> due() const;
    void close(ThoughtClosedBy by, ReplyStep& step);

    ThinkingSettings settings;
    ReasoningSplitter splitter;
    LoopGuard guard;
    std::size_t thought_tokens;
    std::size_t answer_tokens = 0;
    std::size_t fed = 0;
    bool answer_now = false;
    std::size_t answer_now_at = 0;  // thought tokens when it was asked for
    bool loop_in_thought = false;
    bool boundary = false;                 // the thought stands at the end of a sentence
    CodeFence fence;                       // of the thought
    std::vector<std::size_t> part_begins;  // of each token in the running part, in bytes
};

void ThinkingLimits::State::count(bool was_thinking, ReplyStep& step) {
    ++fed;
    if (step.delta.answer_was_thought) {
        thought_tokens += answer_tokens + 1;
        answer_tokens = 0;
    } else if (was_thinking || step.delta.thought_opened) {
        ++thought_tokens;
    } else {
        ++answer_tokens;
    }
    if (step.delta.thought_closed || step.delta.answer_was_thought) {
        step.closed_by = ThoughtClosedBy::Model;
    }
    if (step.delta.thought_opened || step.delta.thought_closed || step.delta.answer_was_thought) {
        guard.reset();
        part_begins.clear();
    }
}

void ThinkingLimits::State::watch(std::int64_t id, std::string_view text, bool was_thinking,
                                  ReplyStep& step) {
    if (settings.loop_guard == LoopGuardMode::Off) return;
    const std::string& part = was_thinking ? splitter.thought() : splitter.answer();
    part_begins.push_back(part.size() - std::min(part.size(), text.size()));
    const auto found = guard.feed(id, text);
    if (!found || step.closed_by) return;
    if (was_thinking && settings.loop_guard == LoopGuardMode::CloseThought) {
        loop_in_thought = true;
        return;
    }
    step.action = ReplyStep::Action::End;
    step.repeat_in_thought = was_thinking;
    step.repeat_from = part_begins[std::min(found->from_token, part_begins.size() - 1)];
    step.loop = found->description;
}

std::optional<ThoughtClosedBy> ThinkingLimits::State::due() const {
    if (loop_in_thought) return ThoughtClosedBy::LoopGuard;
    if (settings.context > 0 && settings.reserve > 0 &&
        settings.prompt_tokens + fed + settings.reserve + kClosingTokens >= settings.context) {
        return ThoughtClosedBy::Reserve;
    }
    if (settings.budget) {
        const std::size_t grace = std::min(kGrace, *settings.budget / 10);
        if (thought_tokens >= *settings.budget ||
            (boundary && thought_tokens + grace >= *settings.budget)) {
            return ThoughtClosedBy::Budget;
        }
    }
    if (answer_now && (boundary || thought_tokens >= answer_now_at + kGrace)) {
        return ThoughtClosedBy::AnswerNow;
    }
    return std::nullopt;
}

void ThinkingLimits::State::close(ThoughtClosedBy by, ReplyStep& step) {
    step.action = ReplyStep::Action::Insert;
    step.closed_by = by;
    step.insert = closing_text(by, splitter.thought(), settings.splitter);
    const std::size_t tag = step.insert.rfind(settings.splitter.close_tag);
    const std::size_t behind = tag + settings.splitter.close_tag.size();
    append(step.delta, splitter.feed(step.insert.substr(0, tag)));
    append(step.delta, splitter.feed(settings.splitter.close_tag, PieceKind::CloseTag));
    append(step.delta, splitter.feed(step.insert.substr(behind)));
    guard.reset();
    part_begins.clear();
    answer_now = false;
    loop_in_thought = false;
}

ThinkingLimits::ThinkingLimits(ThinkingSettings settings)
    : state_(std::make_unique<State>(std::move(settings))) {}
ThinkingLimits::~ThinkingLimits() = default;
ThinkingLimits::ThinkingLimits(ThinkingLimits&&) noexcept = default;
ThinkingLimits& ThinkingLimits::operator=(ThinkingLimits&&) noexcept = default;

ReplyStep ThinkingLimits::feed(std::int64_t id, std::string_view text, PieceKind kind,
                               bool inside_character) {
    State& s = *state_;
    const bool was_thinking = s.thinking();
    ReplyStep step;
    step.delta = s.splitter.feed(text, kind);
    s.count(was_thinking, step);
    s.watch(id, text, was_thinking, step);
    if (was_thinking) s.fence.feed(text);
    if (!text.empty()) s.boundary = ends_sentence(text);
    if (step.action == ReplyStep::Action::End || inside_character || !s.thinking() ||
        s.fence.just_opened()) {
        return step;
    }
    if (const auto by = s.due()) s.close(*by, step);
    return step;
}

void ThinkingLimits::request_answer_now() {
    if (state_->answer_now || !state_->thinking()) return;
    state_->answer_now = true;
    state_->answer_now_at = state_->thought_tokens;
}

SplitterDelta ThinkingLimits::finish() {
    return state_->splitter.finish();
}
const ReasoningSplitter& ThinkingLimits::splitter() const {
    return state_->splitter;
}
std::size_t ThinkingLimits::thought_tokens() const {
    return state_->thought_tokens;
}
std::size_t ThinkingLimits::answer_tokens() const {
    return state_->answer_tokens;
}
bool ThinkingLimits::in_thought() const {
    return state_->thinking();
}

}  // namespace deepwell::engine
