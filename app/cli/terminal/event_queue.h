// Brings a generator's events to the command's own thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "app/generation/generator.h"

namespace deepwell::app::cli {

class EventQueue {
public:
    using Item = std::pair<ReplyId, Event>;

    // The queue is shared with the sink, so a late event meets an object that is still there.
    EventQueue() : state_(std::make_shared<State>()) {}

    EventSink sink() const {
        return [state = state_](const ReplyId& reply, const Event& event) {
            {
                const std::lock_guard lock(state->mutex);
                state->items.emplace_back(reply, event);
            }
            state->ready.notify_one();
        };
    }

    // None after the time has passed.
    std::optional<Item> next(std::chrono::milliseconds timeout) {
        std::unique_lock lock(state_->mutex);
        if (!state_->ready.wait_for(lock, timeout, [&] { return !state_->items.empty(); })) {
            return std::nullopt;
        }
        Item item = std::move(state_->items.front());
        state_->items.pop_front();
        return item;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable ready;
        std::deque<Item> items;
    };
    std::shared_ptr<State> state_;
};

}  // namespace deepwell::app::cli
