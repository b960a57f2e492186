// For programs and tests without an event loop of their own: starts a job and waits for its answer.
// Never on the GUI thread of the window.
//
//   Result<Conversation> c = wait_for<Conversation>([&](auto done) { store.load(id, done); });
#pragma once

#include <QtCore/QEventLoop>
#include <optional>

#include "app/base/done.h"

namespace deepwell::app {

template <class T, class Start>
Result<T> wait_for(Start&& start) {
    QEventLoop loop;
    std::optional<Result<T>> answer;
    start(Done<T>(&loop, [&](Result<T> result) {
        answer.emplace(std::move(result));
        loop.quit();
    }));
    if (!answer) loop.exec();
    return std::move(*answer);
}

}  // namespace deepwell::app
