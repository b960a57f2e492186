#include "app/generation/reply_stream.h"

#include <algorithm>
#include <utility>

namespace deepwell::app {
namespace {

using namespace std::chrono_literals;

// 30 times a second at most.
constexpr auto kGather = 33ms;
constexpr auto kRateSpan = 2s;

double milliseconds(SteadyTime from, SteadyTime to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

engine::LoopGuardMode mode_of(LoopGuardChoice choice) {
    switch (choice) {
        case LoopGuardChoice::Off:
            return engine::LoopGuardMode::Off;
        case LoopGuardChoice::End:
            return engine::LoopGuardMode::EndReply;
        case LoopGuardChoice::CloseThought:
            break;
    }
    return engine::LoopGuardMode::CloseThought;
}

ThoughtEndedBy ended_by_of(engine::ThoughtClosedBy by) {
    switch (by) {
        case engine::ThoughtClosedBy::Model:
            return ThoughtEndedBy::Model;
        case engine::ThoughtClosedBy::Budget:
            return ThoughtEndedBy::Budget;
        case engine::ThoughtClosedBy::Reserve:
            return ThoughtEndedBy::Reserve;
        case engine::ThoughtClosedBy::AnswerNow:
            return ThoughtEndedBy::AnswerNow;
        case engine::ThoughtClosedBy::LoopGuard:
            break;
    }
    return ThoughtEndedBy::LoopGuard;
}

bool has_thought(const Request& request) {
    return request.resume && request.resume->opened_by != OpenedBy::Nobody;
}

engine::SplitterOptions splitter_options(const Request& request,
                                         const ReplyStreamOptions& options) {
    engine::SplitterOptions splitter;
    // A reply that goes on is given its former thought without a tag before it.
    splitter.opened_by_template =
        request.resume ? has_thought(request) : options.opened_by_template;
    splitter.by_token = options.by_token;
    return splitter;
}

engine::ThinkingSettings limits_of(const Request& request, const ReplyStreamOptions& options,
                                   const engine::SplitterOptions& splitter) {
    engine::ThinkingSettings settings;
    settings.splitter = splitter;
    settings.thought_off = options.thought_off && !has_thought(request);
    // An effort of "off" has closed the thought in the prompt; a model that thinks all the same has
    // no budget to be held to.
    if (request.thinking.budget && *request.thinking.budget > 0) {
        settings.budget = static_cast<std::size_t>(*request.thinking.budget);
    }
    settings.context = static_cast<std::size_t>(std::max(0, options.context));
    settings.prompt_tokens = static_cast<std::size_t>(std::max(0, options.prompt_tokens));
    if (options.context > 0) {
        settings.reserve = request.thinking.reserve
                               ? static_cast<std::size_t>(std::max(0, *request.thinking.reserve))
                               : engine::answer_reserve(static_cast<std::size_t>(options.context));
    }
    settings.loop_guard = mode_of(request.guard);
    if (request.resume) {
        settings.thought_tokens_before =
            static_cast<std::size_t>(std::max(0, request.resume->thought_tokens));
    }
    return settings;
}

}  // namespace

ReplyStream::ReplyStream(const Request& request, const ReplyStreamOptions& options,
                         const engine::StopFlag& flag, Emit emit, SteadyTime begin, Now now)
    : request_(request),
      options_(options),
      flag_(flag),
      emit_(std::move(emit)),
      now_(std::move(now)),
      begin_(begin),
      splitter_(splitter_options(request, options)),
      limits_(limits_of(request, options, splitter_)),
      stop_text_(request.stop),
      last_sent_(begin),
      thought_begin_(begin) {}

ReplyStream::~ReplyStream() = default;

ReplyStream::Next ReplyStream::open() {
    if (request_.resume) return prime();
    if (options_.opened_by_template) open_thought(OpenedBy::Template);
    return {};
}

// Trimming, rule 4 and loops are judged on the whole reply, so the former text goes through the
// splitter again; what comes out of it is stored already and is skipped.
ReplyStream::Next ReplyStream::prime() {
    const Resume& resume = *request_.resume;
    skip_thought_ = resume.thought.size();
    skip_answer_ = resume.answer.size();
    if (!has_thought(request_)) {
        if (!resume.answer.empty()) add_answer(limits_.feed(-3, resume.answer).delta.answer);
        return {};
    }
    if (resume.thought_open) {
        open_thought(resume.opened_by);
        const engine::ReplyStep step = limits_.feed(-1, resume.thought);
        // A budget that is spent already closes the thought here and now.
        if (step.action == engine::ReplyStep::Action::Insert) return take(step);
        add_thought(step.delta.thought);
        return resume.close_thought ? close_before_sampling() : Next();
    }
    add_thought(limits_.feed(-1, resume.thought).delta.thought);
    if (limits_.in_thought()) {
        add_thought(
            limits_.feed(-2, splitter_.close_tag, engine::PieceKind::CloseTag).delta.thought);
    }
    if (!resume.answer.empty()) {
        add_answer(limits_.feed(-3, "\n\n" + resume.answer).delta.answer);
    }
    skip_thought_ = 0;
    return {};
}

ReplyStream::Next ReplyStream::close_before_sampling() {
    const std::string text = engine::closing_text(engine::ThoughtClosedBy::AnswerNow,
                                                  request_.resume->thought, splitter_);
    const std::size_t tag = text.find(splitter_.close_tag);
    const std::size_t behind = tag + splitter_.close_tag.size();
    take_delta(limits_.feed(-4, text.substr(0, tag)).delta, ThoughtEndedBy::AnswerNow);
    take_delta(limits_.feed(-2, splitter_.close_tag, engine::PieceKind::CloseTag).delta,
               ThoughtEndedBy::AnswerNow);
    take_delta(limits_.feed(-5, text.substr(behind)).delta, ThoughtEndedBy::AnswerNow);
    Next next;
    next.action = Next::Action::Insert;
    next.insert = text;
    return next;
}

ReplyStream::Next ReplyStream::piece(std::int64_t id, std::string_view bytes,
                                     engine::PieceKind kind) {
    const SteadyTime now = now_();
    if (!first_token_) first_token_ = now;
    recent_.emplace_back(now, 1);
    if (flag_.answer_now_requested() && !answer_now_sent_) {
        answer_now_sent_ = true;
        limits_.request_answer_now();
    }
    std::string text;
    if (kind == engine::PieceKind::Text) {
        text = utf8_.push(bytes);
    } else {
        // A tag in the middle of a character: what was held back will not be completed.
        const std::string broken = utf8_.flush();
        if (!broken.empty()) take_delta(limits_.feed(-6, broken).delta, ThoughtEndedBy::Model);
        text = bytes;
    }
    const bool inside = !utf8_.held_back().empty();
    const bool was_thought = limits_.in_thought();
    ++unfinished_tokens_;
    const auto count_all = [&](bool thought) {
        if (!inside) count(std::exchange(unfinished_tokens_, 0), thought);
    };
    // Tokens of the thought are counted before a closing tag sends the thought's last delta.
    if (was_thought) count_all(true);
    const engine::ReplyStep step = limits_.feed(id, text, kind, inside);
    const Next next = take(step);
    if (!was_thought) count_all(limits_.in_thought());
    tick();
    return next;
}

ReplyStream::Next ReplyStream::take(const engine::ReplyStep& step) {
    take_delta(step.delta, step.closed_by ? ended_by_of(*step.closed_by) : ThoughtEndedBy::Model);
    Next next;
    if (stop_text_found_) {
        next.action = Next::Action::End;
        next.reason = StopReason::StopString;
        return next;
    }
    switch (step.action) {
        case engine::ReplyStep::Action::GoOn:
            break;
        case engine::ReplyStep::Action::Insert:
            next.action = Next::Action::Insert;
            next.insert = step.insert;
            break;
        case engine::ReplyStep::Action::End:
            repeat_from_ = step.repeat_from;
            repeat_in_thought_ = step.repeat_in_thought;
            loop_ = step.loop;
            next.action = Next::Action::End;
            next.reason = StopReason::LoopGuard;
            break;
    }
    return next;
}

void ReplyStream::take_delta(const engine::SplitterDelta& delta, ThoughtEndedBy closed_by) {
    if (delta.answer_was_thought) {
        flush();
        stop_text_.finish();
        thought_tokens_ += std::exchange(answer_tokens_, 0);
        thought_begin_ = first_token_.value_or(begin_);
        emit_(AnswerWasThought{limits_.splitter().thought()});
        thought_open_ = true;
        close_thought(closed_by);
        add_answer(delta.answer);
        return;
    }
    if (delta.thought_opened && !thought_open_ && !request_.resume) open_thought(OpenedBy::Model);
    add_thought(delta.thought);
    if (delta.thought_closed && thought_open_) close_thought(closed_by);
    add_answer(delta.answer);
}

void ReplyStream::add_thought(const std::string& text) {
    const std::size_t skip = std::min(skip_thought_, text.size());
    skip_thought_ -= skip;
    gathered_.thought.append(text, skip);
}

void ReplyStream::add_answer(const std::string& text) {
    const std::size_t skip = std::min(skip_answer_, text.size());
    skip_answer_ -= skip;
    if (stop_text_found_ || skip == text.size()) return;
    const StopText::Found found = stop_text_.feed(text.substr(skip));
    gathered_.answer += found.text;
    stop_text_found_ = found.stop;
}

void ReplyStream::count(int tokens, bool thought) {
    (thought ? thought_tokens_ : answer_tokens_) += tokens;
    (thought ? gathered_.thought_tokens : gathered_.answer_tokens) += tokens;
}

void ReplyStream::inserted(int tokens) {
    // The closing sentence is part of the thought, which is closed by now.
    thought_tokens_ += tokens;
    gathered_.thought_tokens += tokens;
    if (!first_token_) first_token_ = now_();
    recent_.emplace_back(now_(), tokens);
}

void ReplyStream::open_thought(OpenedBy by) {
    flush();
    thought_open_ = true;
    thought_begin_ = now_();
    emit_(ThoughtOpened{by});
}

void ReplyStream::close_thought(ThoughtEndedBy by) {
    flush();
    thought_open_ = false;
    const double ms = milliseconds(thought_begin_, now_());
    thought_ms_ += ms;
    emit_(ThoughtClosed{by, ms});
}

bool ReplyStream::in_thought() const {
    return limits_.in_thought();
}

double ReplyStream::rate() {
    const SteadyTime now = now_();
    while (!recent_.empty() && now - recent_.front().first > kRateSpan) recent_.pop_front();
    if (recent_.size() < 2) return 0;
    // The first one's own time is not in the span.
    int tokens = 0;
    for (std::size_t i = 1; i < recent_.size(); ++i) tokens += recent_[i].second;
    const double ms = milliseconds(recent_.front().first, recent_.back().first);
    return ms > 0 ? tokens * 1000.0 / ms : 0;
}

void ReplyStream::flush() {
    if (gathered_.thought.empty() && gathered_.answer.empty() && gathered_.thought_tokens == 0 &&
        gathered_.answer_tokens == 0) {
        return;
    }
    gathered_.tokens_per_second = rate();
    last_sent_ = now_();
    emit_(std::exchange(gathered_, {}));
}

void ReplyStream::tick() {
    if (now_() - last_sent_ >= kGather) flush();
}

SteadyTime ReplyStream::next_tick() const {
    const bool empty = gathered_.thought.empty() && gathered_.answer.empty();
    return empty ? SteadyTime::max() : last_sent_ + kGather;
}

void ReplyStream::set_prompt_counts(int fresh, int reused) {
    statistics_.prompt_tokens_new = fresh;
    statistics_.prompt_tokens_reused = reused;
}

Ended ReplyStream::finish(StopReason reason, std::optional<engine::Error> error) {
    // An unfinished character is dropped where Continue can make it again.
    if (reason == StopReason::End) {
        const std::string broken = utf8_.flush();
        if (!broken.empty()) take_delta(limits_.feed(-6, broken).delta, ThoughtEndedBy::Model);
        count(std::exchange(unfinished_tokens_, 0), limits_.in_thought());
    }
    const bool was_open = thought_open_;
    take_delta(limits_.finish(), ThoughtEndedBy::Model);
    if (!stop_text_found_) gathered_.answer += stop_text_.finish();
    flush();

    Ended ended;
    ended.reason = reason;
    ended.error = std::move(error);
    ended.repeat_from = repeat_from_;
    ended.repeat_in_thought = repeat_in_thought_;
    ended.loop = loop_;
    const SteadyTime now = now_();
    if (was_open && thought_open_) {
        thought_ms_ += milliseconds(thought_begin_, now);
        ended.thought_ended_by = reason == StopReason::Stopped     ? ThoughtEndedBy::Stop
                                 : reason == StopReason::LoopGuard ? ThoughtEndedBy::LoopGuard
                                 : reason == StopReason::Failed    ? ThoughtEndedBy::Interruption
                                                                   : ThoughtEndedBy::Never;
    }
    ended.thought_ms = thought_ms_;

    const double total = milliseconds(begin_, now);
    Statistics& numbers = statistics_;
    numbers.total_ms = total;
    // Tokens of a character that was not finished were made, though nothing of them is kept.
    const bool unfinished_thought = limits_.in_thought();
    numbers.thought_tokens = thought_tokens_ + (unfinished_thought ? unfinished_tokens_ : 0);
    numbers.answer_tokens = answer_tokens_ + (unfinished_thought ? 0 : unfinished_tokens_);
    numbers.stop_reason = reason;
    if (first_token_) {
        numbers.first_token_ms = milliseconds(begin_, *first_token_);
        const double writing = milliseconds(*first_token_, now);
        const double answering = writing - std::min(thought_ms_, writing);
        // Rates need at least two tokens: the first one's time is the prompt's.
        if (thought_tokens_ > 1 && thought_ms_ > 0) {
            const double thinking = std::min(thought_ms_, writing);
            if (thinking > 0) numbers.thought_tokens_per_s = thought_tokens_ * 1000 / thinking;
        }
        if (answer_tokens_ > 1 && answering > 0) {
            numbers.answer_tokens_per_s = answer_tokens_ * 1000 / answering;
        }
        const int all = thought_tokens_ + answer_tokens_;
        if (all > 1 && writing > 0) ended.tokens_per_second = (all - 1) * 1000.0 / writing;
    }
    ended.statistics = std::move(numbers);
    return ended;
}

}  // namespace deepwell::app
