#include "app/storage/job_thread.h"

#include <map>
#include <utility>

namespace deepwell::app {

struct JobThread::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable ended;
    std::deque<Job> urgent;
    std::deque<Step> ordinary;
    std::multimap<Moment, Job> later;
    bool finishing = false;
    bool done = false;
    Job last;
};

JobThread::JobThread() : state_(std::make_shared<State>()) {
    // The thread holds the state, so that it may outlive this object after a limit has passed.
    thread_ = std::thread([state = state_] {
        run(*state);
        const std::lock_guard lock(state->mutex);
        state->done = true;
        state->ended.notify_all();
    });
}

JobThread::~JobThread() {
    if (!thread_.joinable()) return;
    finish(std::chrono::hours(24), {});
}

void JobThread::run(State& state) {
    std::unique_lock lock(state.mutex);
    for (;;) {
        // Late jobs whose time has come, and all of them when it ends.
        const auto now = std::chrono::steady_clock::now();
        while (!state.later.empty() && (state.finishing || state.later.begin()->first <= now)) {
            state.urgent.push_back(std::move(state.later.begin()->second));
            state.later.erase(state.later.begin());
        }
        if (!state.urgent.empty()) {
            {
                auto job = std::move(state.urgent.front());
                state.urgent.pop_front();
                lock.unlock();
                job();
            }
            lock.lock();
        } else if (state.finishing) {
            auto last = std::move(state.last);
            state.ordinary.clear();
            lock.unlock();
            if (last) last();
            return;
        } else if (!state.ordinary.empty()) {
            auto step = std::move(state.ordinary.front());
            state.ordinary.pop_front();
            lock.unlock();
            const bool again = step();
            if (!again) step = nullptr;  // destroyed without the lock
            lock.lock();
            if (again && !state.finishing) state.ordinary.push_back(std::move(step));
        } else if (state.later.empty()) {
            state.wake.wait(lock);
        } else {
            state.wake.wait_until(lock, state.later.begin()->first);
        }
    }
}

bool JobThread::post(Lane lane, Job job) {
    if (lane == Lane::Ordinary) {
        return post_steps([job = std::move(job)] {
            job();
            return false;
        });
    }
    const std::lock_guard lock(state_->mutex);
    if (state_->finishing) return false;
    state_->urgent.push_back(std::move(job));
    state_->wake.notify_one();
    return true;
}

bool JobThread::post_steps(Step step) {
    const std::lock_guard lock(state_->mutex);
    if (state_->finishing) return false;
    state_->ordinary.push_back(std::move(step));
    state_->wake.notify_one();
    return true;
}

bool JobThread::post_at(Moment due, Job job) {
    const std::lock_guard lock(state_->mutex);
    if (state_->finishing) return false;
    state_->later.emplace(due, std::move(job));
    state_->wake.notify_one();
    return true;
}

bool JobThread::finish(std::chrono::milliseconds limit, Job last) {
    if (!thread_.joinable()) return true;
    bool done = false;
    {
        std::unique_lock lock(state_->mutex);
        state_->finishing = true;
        state_->last = std::move(last);
        state_->wake.notify_one();
        done = state_->ended.wait_for(lock, limit, [this] { return state_->done; });
    }
    if (done) {
        thread_.join();
    } else {
        thread_.detach();
    }
    return done;
}

}  // namespace deepwell::app
