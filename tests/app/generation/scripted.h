// Replies played from scripts, for tests: events gathered from the generator's thread, waited for
// with a deadline.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/generation/player.h"

namespace deepwell::tests {

using namespace deepwell::app;

struct Heard {
    ReplyId reply;
    Event event;
    std::chrono::steady_clock::time_point at;
};

// Shared with the sink, so that it may outlive the test's object.
class Ear {
public:
    EventSink sink() {
        return [state = state_](const ReplyId& reply, const Event& event) {
            {
                const std::lock_guard lock(state->mutex);
                state->heard.push_back({reply, event, std::chrono::steady_clock::now()});
            }
            state->changed.notify_all();
        };
    }

    // Waits until `done` says so of what was heard; false after 20 seconds.
    bool wait(const std::function<bool(const std::vector<Heard>&)>& done) {
        std::unique_lock lock(state_->mutex);
        return state_->changed.wait_for(lock, std::chrono::seconds(20),
                                        [&] { return done(state_->heard); });
    }
    template <class E>
    bool wait_for(const ReplyId& reply) {
        return wait([&](const std::vector<Heard>& heard) {
            for (const Heard& item : heard) {
                if (item.reply == reply && std::holds_alternative<E>(item.event)) return true;
            }
            return false;
        });
    }
    std::vector<Heard> all() {
        const std::lock_guard lock(state_->mutex);
        return state_->heard;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        std::vector<Heard> heard;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

// What a listener makes of the events of one reply.
struct Told {
    std::string thought;
    std::string answer;
    bool has_thought = false;
    int thought_tokens = 0;
    int answer_tokens = 0;
    std::vector<ThoughtEndedBy> closed;
    std::vector<std::string> order;  // kinds of events, repeats once
    std::optional<Ended> ended;
    int ends = 0;
};

Told told_of(const std::vector<Heard>& heard, const ReplyId& reply);

// Pieces of a reply that is played.
RecordedReply scripted(std::vector<std::string> pieces, bool opened_by_template = true,
                       RecordedReply::Finish finish = RecordedReply::Finish::Stop);

// Plays one reply to its end.
Told play(RecordedReply reply, Request request = {});

}  // namespace deepwell::tests
