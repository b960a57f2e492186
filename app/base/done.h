// Done<T>: how a job of another thread answers.
//
//   store.load(id, Done<Conversation>(this, [this](Result<Conversation> loaded) { … }));
//
// The function runs on the thread on which the Done was made, by its event loop, once; never inside
// the call that was given the Done. It is dropped if `context` is gone by then, so it may use
// `context` freely. A job that is dropped (the store closes) answers with Cancelled. A Done without
// a function says that nobody waits.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <atomic>
#include <functional>
#include <memory>
#include <utility>

#include "app/base/result.h"

namespace deepwell::app {

template <class T>
class Done {
public:
    using Function = std::function<void(Result<T>)>;

    Done() = default;
    // `context` lives on the calling thread.
    Done(QObject* context, Function function)
        : state_(std::make_shared<State>(context, std::move(function))) {}

    // Any thread. Only the first answer counts.
    void operator()(Result<T> result) const {
        if (state_) state_->answer(std::move(result));
    }

    explicit operator bool() const { return state_ != nullptr; }

private:
    class State {
    public:
        State(QObject* context, Function function)
            : context_(context), function_(std::make_shared<Function>(std::move(function))) {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;
        // The last copy goes: there is an answer in any case.
        ~State() { answer(fail(ErrorCode::Cancelled, "Cancelled.")); }
        void answer(Result<T> result) {
            if (answered_.exchange(true)) return;
            // The mailbox goes with what it was made for. Whoever deleted it from here would race
            // with the call that still waits: some loops carry out deletes ahead of it.
            QMetaObject::invokeMethod(
                mailbox_,
                [mailbox = mailbox_, context = context_, function = function_,
                 value = std::move(result)]() mutable {
                    if (context) (*function)(std::move(value));
                    mailbox->deleteLater();
                },
                Qt::QueuedConnection);
        }

    private:
        QPointer<QObject> context_;
        std::shared_ptr<Function> function_;
        std::atomic<bool> answered_{false};
        // An object of ours on the caller's thread: `context` itself must not be touched from
        // another one, since it may be in the middle of its end. Not to be touched after answer().
        QObject* mailbox_ = new QObject;
    };

    std::shared_ptr<State> state_;
};

}  // namespace deepwell::app
