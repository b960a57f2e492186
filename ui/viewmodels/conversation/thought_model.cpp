#include "ui/viewmodels/conversation/thought_model.h"

#include <algorithm>

#include "ui/viewmodels/words.h"

namespace deepwell::ui {

void ThoughtModel::take(const app::Message& message) {
    const QString text =
        message.thought ? QString::fromStdString(message.thought->text) : QString();
    exists_ = message.thought && (!text.isEmpty() || message.thought->tokens.value_or(0) > 0);
    if (message.thought) {
        tokens_ = message.thought->tokens.value_or(0);
        if (message.thought->ms) ms_ = *message.thought->ms;
        if (message.thought->budget_tokens) budget_ = message.thought->budget_tokens;
        ended_by_ = message.thought->ended_by;
    }
    if (!budget_ && message.generation && message.generation->thinking) {
        budget_ = message.generation->thinking->budget_tokens;
    }
    if (text != text_) {
        text_ = text;
        emit textChanged();
    }
}

void ThoughtModel::show(const app::Message& message) {
    running_ = false;
    take(message);
    emit changed();
    emit progressed();
}

void ThoughtModel::follow(const app::LiveReply& reply, app::Milliseconds now) {
    const bool was_running = running_;
    const bool was_asked = answer_now_asked_;
    const bool existed = exists_;
    take(reply.message);
    const bool open = reply.message.thought && !reply.message.thought->ended_by;
    running_ = reply.phase == app::Phase::Thinking || (reply.phase == app::Phase::Stopping && open);
    answer_now_asked_ = reply.answer_now_asked || reply.phase == app::Phase::Stopping;
    if (running_) {
        exists_ = true;
        as_text_ = true;
        began_ = reply.thought_began;
        ms_before_ = reply.thought_ms_before;
        ms_ = ms_before_ +
              static_cast<double>(began_ > 0 ? std::max<app::Milliseconds>(0, now - began_) : 0);
    }
    if (was_running != running_ || was_asked != answer_now_asked_ || existed != exists_) {
        emit changed();
    }
    emit progressed();
}

void ThoughtModel::tick(app::Milliseconds now) {
    if (!running_ || began_ <= 0) return;
    ms_ = ms_before_ + static_cast<double>(std::max<app::Milliseconds>(0, now - began_));
    emit progressed();
}

void ThoughtModel::toggleFold() {
    touched_ = true;
    folded_ = !folded_;
    if (folded_ && !running_) as_text_ = false;
    emit changed();
}

void ThoughtModel::foldByItself() {
    if (touched_ || folded_) return;
    folded_ = true;
    if (!running_) as_text_ = false;
    emit changed();
}

void ThoughtModel::openByItself() {
    if (touched_ || !folded_) return;
    folded_ = false;
    emit changed();
}

QString ThoughtModel::title() const {
    if (running_) return tr("Thinking");
    if (!exists_) return tr("Answered without thinking");
    const QString tokens = tr("%1 tokens").arg(thousands_text(tokens_));
    const QString time = seconds_text(ms_);
    if (ended_by_) {
        switch (*ended_by_) {
            case app::ThoughtEndedBy::Budget:
                return tr("Thought stopped at the budget · %1").arg(tokens);
            case app::ThoughtEndedBy::AnswerNow:
                return tr("Thought ended by you · %1").arg(time);
            case app::ThoughtEndedBy::Reserve:
                return tr("Thought stopped to leave room for the answer · %1").arg(tokens);
            case app::ThoughtEndedBy::LoopGuard:
                return tr("Thought ended in a loop · %1").arg(tokens);
            case app::ThoughtEndedBy::Stop:
            case app::ThoughtEndedBy::Interruption:
            case app::ThoughtEndedBy::Never:
                return tr("Thought not finished · %1 · %2").arg(time, tokens);
            case app::ThoughtEndedBy::Model:
                break;
        }
    }
    if (ms_ <= 0) return tokens_ > 0 ? tr("Thought · %1").arg(tokens) : tr("Thought");
    return tokens_ > 0 ? tr("Thought for %1 · %2").arg(time, tokens)
                       : tr("Thought for %1").arg(time);
}

QString ThoughtModel::timeText() const {
    return timer_text(ms_);
}

QString ThoughtModel::tokensText() const {
    if (budget_ && *budget_ > 0) {
        return tr("%1 of %2 tokens").arg(thousands_text(tokens_), thousands_text(*budget_));
    }
    return tr("%1 tokens").arg(thousands_text(tokens_));
}

double ThoughtModel::depth() const {
    // Without a budget the line fills ever more slowly: half at 4,096 tokens.
    const auto tokens = static_cast<double>(tokens_);
    if (!budget_ || *budget_ <= 0) return tokens / (tokens + 4096.0);
    return std::clamp(tokens / static_cast<double>(*budget_), 0.0, 1.0);
}

QString ThoughtModel::accessibleName() const {
    if (running_) return folded_ ? tr("Thinking, folded") : tr("Thinking, open");
    if (!exists_) return title();
    const QString words =
        ended_by_.value_or(app::ThoughtEndedBy::Model) == app::ThoughtEndedBy::Model && ms_ > 0
            ? tr("Thought for %1, %2 tokens").arg(spoken_seconds_text(ms_), thousands_text(tokens_))
            : title();
    return folded_ ? tr("%1, folded").arg(words) : tr("%1, open").arg(words);
}

}  // namespace deepwell::ui
