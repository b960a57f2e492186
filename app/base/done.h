// Done<T>: how a job of another thread answers.
//
//   store.load(id, Done<Conversation>(this, [this](Result<Conversation> loaded) { … }));
//
// The function runs on the thread on which the Done was made, by its event loop, once; never inside
// the call that was given the Done. It is dropped if `context` is gone by then, so it may use
// `context` freely. A Done without a function says that nobody waits.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
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
        : context_(context),
          function_(std::make_shared<Function>(std::move(function))),
          mailbox_(new QObject, [](QObject* mailbox) { mailbox->deleteLater(); }) {}

    // Any thread. The mailbox is an object of ours on the caller's thread: `context` itself must
    // not be touched from here, since it may be in the middle of its end.
    void operator()(Result<T> result) const {
        if (!mailbox_) return;
        QMetaObject::invokeMethod(
            mailbox_.get(),
            [context = context_, function = function_, value = std::move(result)]() mutable {
                if (context) (*function)(std::move(value));
            },
            Qt::QueuedConnection);
    }

    explicit operator bool() const { return mailbox_ != nullptr; }

private:
    QPointer<QObject> context_;
    std::shared_ptr<Function> function_;
    std::shared_ptr<QObject> mailbox_;
};

}  // namespace deepwell::app
