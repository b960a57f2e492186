#include "ui/viewmodels/conversation/draft_counter.h"

#include <algorithm>
#include <utility>

namespace deepwell::ui {
namespace {

constexpr int kAfter = 150;  // ms after the last key

}  // namespace

DraftCounter::DraftCounter(app::TokenCounter& counter, MakeDraft make, QObject* parent)
    : QObject(parent), counter_(counter), make_(std::move(make)) {
    timer_.setSingleShot(true);
    timer_.setInterval(kAfter);
    connect(&timer_, &QTimer::timeout, this, &DraftCounter::start);
}

void DraftCounter::ask() {
    ++number_;  // what is being counted is out of date
    timer_.start();
}

void DraftCounter::start() {
    const auto draft = make_();
    if (!draft) {
        set(std::nullopt);
        return;
    }
    counter_.count(draft->request,
                   app::Done<app::TokenCount>(this, [this, draft = *draft, number = number_](
                                                        const app::Result<app::TokenCount>& whole) {
                       if (number != number_) return;
                       whole ? take(draft, *whole) : set(std::nullopt);
                   }));
}

void DraftCounter::take(const Draft& draft, const app::TokenCount& whole) {
    Count count{draft.text, whole.prompt, whole.question, 0, Fit::Fits};
    const auto alone = [this, count, context = draft.context](int prompt) {
        Count mine = count;
        mine.room = std::max(0, context - 1 - (prompt - mine.question));
        mine.fit = prompt < context ? Fit::HistoryTooLong : Fit::QuestionTooLong;
        set(mine);
    };
    if (whole.prompt < draft.context) {
        set(count);
    } else if (draft.request.path.size() <= 1) {
        alone(whole.prompt);
    } else {
        // Does the question fit by itself?
        app::Request last = draft.request;
        last.path.erase(last.path.begin(), last.path.end() - 1);
        counter_.count(
            std::move(last),
            app::Done<app::TokenCount>(
                this, [this, alone, number = number_](const app::Result<app::TokenCount>& one) {
                    if (number == number_ && one) alone(one->prompt);
                }));
    }
}

void DraftCounter::set(std::optional<Count> count) {
    count_ = std::move(count);
    emit counted();
}

}  // namespace deepwell::ui
