#include "engine/prompt/reasoning_splitter.h"

#include <algorithm>
#include <utility>

namespace deepwell::engine {

namespace {

constexpr std::string_view kSpace = " \t\r\n";  // no other character counts

bool is_space(char byte) {
    return kSpace.find(byte) != std::string_view::npos;
}

// Length of the longest end of `text` that is a beginning of `tag`, but not all of it.
std::size_t possible_tag_tail(std::string_view text, std::string_view tag) {
    for (std::size_t n = std::min(text.size(), tag.size() - 1); n > 0; --n) {
        if (text.substr(text.size() - n) == tag.substr(0, n)) return n;
    }
    return 0;
}

}  // namespace

ReasoningSplitter::ReasoningSplitter(SplitterOptions options) : options_(std::move(options)) {
    if (options_.opened_by_template) {
        state_ = State::Thought;
        has_thought_ = true;
        repeat_possible_ = true;
        tag_token_seen_ = true;  // in the prompt
    }
}

SplitterDelta ReasoningSplitter::feed(std::string_view piece, PieceKind kind) {
    SplitterDelta delta;
    if (kind == PieceKind::Text || !options_.by_token) {
        pending_ += piece;
        advance(delta);
        return delta;
    }
    // A tag token: what is pending before it is judged as if nothing followed, then the token.
    const bool only_space = std::all_of(pending_.begin(), pending_.end(), is_space);
    if (kind == PieceKind::OpenTag && state_ == State::Start && only_space) {
        tag_token_seen_ = true;
        pending_.clear();
        open(delta);
        return delta;
    }
    if (kind == PieceKind::OpenTag && state_ == State::Thought && repeat_possible_ && only_space) {
        repeat_possible_ = false;
        opened_twice_ = true;
        pending_.clear();
        return delta;
    }
    if (kind == PieceKind::CloseTag && state_ == State::Thought) {
        tag_token_seen_ = true;
        add_thought(std::exchange(pending_, {}), &delta);
        close(delta);
        return delta;
    }
    if (kind == PieceKind::CloseTag && !has_thought_ && !fence_.inside()) {
        tag_token_seen_ = true;
        state_ = State::Answer;
        add_answer(std::exchange(pending_, {}), delta);
        close_without_open(delta);
        return delta;
    }
    // A later tag, or one in a code fence: text. Its letters must not meet pending ones, nor be
    // judged as a spelled tag.
    if (state_ == State::Start) state_ = State::Answer;
    pending_ += piece;
    std::string text = std::exchange(pending_, {});
    if (state_ == State::Thought) {
        repeat_possible_ = false;
        add_thought(text, &delta);
    } else {
        add_answer(text, delta);
    }
    return delta;
}

SplitterDelta ReasoningSplitter::finish() {
    SplitterDelta delta;
    if (finished_) return delta;
    finished_ = true;
    advance(delta);
    std::string rest = std::exchange(pending_, {});
    if (state_ == State::Start) state_ = State::Answer;
    if (state_ == State::Thought) {
        add_thought(rest, &delta);
    } else {
        add_answer(rest, delta);
    }
    return delta;
}

ReasoningSplitter::Outcome ReasoningSplitter::outcome() const {
    if (state_ == State::Thought) return Outcome::Thinking;
    const bool has_text = !std::all_of(answer_.begin(), answer_.end(), is_space);
    if (has_text) return Outcome::Answer;
    return has_thought_ ? Outcome::ThoughtOnly : Outcome::Empty;
}

void ReasoningSplitter::advance(SplitterDelta& delta) {
    bool changed = true;
    while (changed) {
        switch (state_) {
            case State::Start:
                changed = advance_start(delta);
                break;
            case State::Thought:
                changed = advance_thought(delta);
                break;
            case State::Answer:
                changed = advance_answer(delta);
                break;
        }
    }
}

// Each of these judges what is pending and returns whether the state changed, so that the rest is
// to be judged again.
bool ReasoningSplitter::advance_start(SplitterDelta& delta) {
    const std::string_view text(pending_);
    const std::size_t start = text.find_first_not_of(kSpace);
    if (start == std::string_view::npos) return false;
    const std::string_view rest = text.substr(start);
    const std::string_view tag(options_.open_tag);
    if (rest.starts_with(tag)) {
        pending_.erase(0, start + tag.size());
        open(delta);
        return true;
    }
    if (tag.starts_with(rest) && !finished_) return false;
    state_ = State::Answer;
    return true;
}

bool ReasoningSplitter::advance_thought(SplitterDelta& delta) {
    if (repeat_possible_) {
        const std::string_view text(pending_);
        const std::size_t start = text.find_first_not_of(kSpace);
        if (start == std::string_view::npos) return false;
        const std::string_view rest = text.substr(start);
        const std::string_view tag(options_.open_tag);
        if (tag.starts_with(rest) && rest.size() < tag.size() && !finished_) return false;
        repeat_possible_ = false;
        if (rest.starts_with(tag)) {
            opened_twice_ = true;
            pending_.erase(0, start + tag.size());
        }
    }
    const std::size_t length = options_.close_tag.size();
    const std::size_t place = pending_.find(options_.close_tag);
    if (place == std::string::npos) {
        const std::size_t held = finished_ ? 0 : possible_tag_tail(pending_, options_.close_tag);
        add_thought(pending_.substr(0, pending_.size() - held), &delta);
        pending_.erase(0, pending_.size() - held);
        return false;
    }
    add_thought(pending_.substr(0, place), &delta);
    pending_.erase(0, place);
    switch (judge_closing_tag(0)) {
        case Spelled::Undecided:
            return false;
        case Spelled::Closes:
            pending_.erase(0, length);
            close(delta);
            return true;
        case Spelled::Text:
            add_thought(pending_.substr(0, length), &delta);
            pending_.erase(0, length);
            return true;
    }
    return false;
}

bool ReasoningSplitter::advance_answer(SplitterDelta& delta) {
    if (has_thought_) {
        add_answer(std::exchange(pending_, {}), delta);
        return false;
    }
    const std::size_t length = options_.close_tag.size();
    const std::size_t place = pending_.find(options_.close_tag);
    if (place == std::string::npos) {
        const std::size_t held = finished_ ? 0 : possible_tag_tail(pending_, options_.close_tag);
        add_answer(pending_.substr(0, pending_.size() - held), delta);
        pending_.erase(0, pending_.size() - held);
        return false;
    }
    add_answer(pending_.substr(0, place), delta);
    pending_.erase(0, place);
    const Spelled spelled = fence_.inside() ? Spelled::Text : judge_closing_tag(0);
    if (spelled == Spelled::Undecided) return false;
    if (spelled == Spelled::Closes) {
        pending_.erase(0, length);
        close_without_open(delta);
        return true;
    }
    add_answer(pending_.substr(0, length), delta);
    pending_.erase(0, length);
    return true;
}

// The closing tag stands at `place` in pending_, in letters: is it one?
ReasoningSplitter::Spelled ReasoningSplitter::judge_closing_tag(std::size_t place) const {
    if (!options_.by_token) return Spelled::Closes;
    // A thought that was opened in letters is closed in letters.
    if (state_ == State::Thought && !tag_token_seen_) return Spelled::Closes;
    if (last_ != '\n' || fence_.inside()) return Spelled::Text;
    const std::size_t behind = place + options_.close_tag.size();
    if (behind < pending_.size()) {
        return pending_[behind] == '\n' || pending_[behind] == '\r' ? Spelled::Closes
                                                                    : Spelled::Text;
    }
    return finished_ ? Spelled::Closes : Spelled::Undecided;
}

void ReasoningSplitter::open(SplitterDelta& delta) {
    state_ = State::Thought;
    has_thought_ = true;
    delta.thought_opened = true;
    at_front_ = true;
    last_ = '\n';
}

void ReasoningSplitter::close(SplitterDelta& delta) {
    state_ = State::Answer;
    delta.thought_closed = true;
    space_.clear();  // the thought's end is trimmed
    at_front_ = true;
    last_ = '\n';
    fence_ = {};
}

void ReasoningSplitter::close_without_open(SplitterDelta& delta) {
    closed_without_open_ = true;
    has_thought_ = true;
    delta.answer_was_thought = true;
    delta.answer_before = std::exchange(delta.answer, {});
    at_front_ = true;
    space_.clear();
    add_thought(std::exchange(answer_, {}), nullptr);
    close(delta);
}

// Cuts the empty lines off the front of a part: up to the last line break before the first text,
// or all blanks where there is none. Holds white space until the first text comes.
std::string ReasoningSplitter::without_front(std::string_view text) {
    const std::size_t start = text.find_first_not_of(kSpace);
    space_ += text.substr(0, start);
    if (start == std::string_view::npos) return {};
    at_front_ = false;
    const std::size_t line_break = space_.rfind('\n');
    std::string result =
        line_break == std::string::npos ? std::string() : space_.substr(line_break + 1);
    space_.clear();
    result += text.substr(start);
    return result;
}

void ReasoningSplitter::add_thought(std::string_view text, SplitterDelta* delta) {
    if (text.empty()) return;
    last_ = text.back();
    fence_.feed(text);
    std::string shown = at_front_ ? without_front(text) : std::string(text);
    if (shown.empty()) return;
    const std::size_t end = shown.find_last_not_of(kSpace);
    const std::size_t length = end == std::string::npos ? 0 : end + 1;
    std::string space = shown.substr(length);
    shown.resize(length);
    if (shown.empty()) {
        space_ += space;
        return;
    }
    shown.insert(0, space_);
    space_ = std::move(space);
    thought_ += shown;
    if (delta != nullptr) delta->thought += shown;
}

void ReasoningSplitter::add_answer(std::string_view text, SplitterDelta& delta) {
    if (text.empty()) return;
    last_ = text.back();
    fence_.feed(text);
    const std::string shown = has_thought_ && at_front_ ? without_front(text) : std::string(text);
    answer_ += shown;
    delta.answer += shown;
}

}  // namespace deepwell::engine
