#include "app/generation/generator_thread.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace deepwell::app {
namespace {

struct Job {
    enum class Kind { Reply, Load, Unload };
    Kind kind = Kind::Reply;
    Request request;      // Reply
    VariantPlan variant;  // Load
    bool answer_now = false;
};

struct Letter {
    ReplyId reply;
    Event event;
};

Ended stopped_before_it_began() {
    Ended ended;
    ended.reason = StopReason::Stopped;
    ended.statistics.stop_reason = StopReason::Stopped;
    return ended;
}

}  // namespace

struct GeneratorThread::State {
    std::unique_ptr<ReplyMaker> maker;
    EventSink sink;

    std::mutex mutex;  // of all that follows, up to the threads; held for moments only
    std::condition_variable work;
    std::deque<Job> jobs;
    bool ending = false;
    // What runs: its id, and whether it is a load. The flag is the one word that goes down into it.
    bool running = false;
    ReplyId running_id;
    engine::StopFlag flag;
    engine::StopFlag settle_flag;

    std::mutex post_mutex;
    std::condition_variable post_ready;
    std::deque<Letter> post;
    bool post_ending = false;

    std::thread worker;
    std::thread postman;

    void send(ReplyId reply, Event event) {
        {
            const std::lock_guard lock(post_mutex);
            post.push_back({std::move(reply), std::move(event)});
        }
        post_ready.notify_one();
    }

    void deliver() {
        std::unique_lock lock(post_mutex);
        for (;;) {
            post_ready.wait(lock, [&] { return !post.empty() || post_ending; });
            if (post.empty()) return;
            const Letter message = std::move(post.front());
            post.pop_front();
            lock.unlock();
            sink(message.reply, message.event);
            lock.lock();
        }
    }

    void run() {
        bool unsettled = false;
        for (;;) {
            Job job;
            {
                std::unique_lock lock(mutex);
                if (unsettled && jobs.empty() && !ending) {
                    settle_flag.reset();
                    lock.unlock();
                    maker->settle(settle_flag, [&](Event event) { send({}, std::move(event)); });
                    lock.lock();
                }
                unsettled = false;
                work.wait(lock, [&] { return ending || !jobs.empty(); });
                if (jobs.empty()) return;
                job = std::move(jobs.front());
                jobs.pop_front();
                running = true;
                running_id = job.kind == Job::Kind::Reply ? job.request.reply : ReplyId();
                flag.reset();
                if (job.answer_now) flag.request_answer_now();
                if (ending) flag.request_stop();
            }
            const Emit tell = [&](Event event) { send(running_id, std::move(event)); };
            std::optional<Ended> ended;
            switch (job.kind) {
                case Job::Kind::Reply:
                    ended = flag.stop_requested() ? stopped_before_it_began()
                                                  : maker->make(job.request, flag, tell);
                    break;
                case Job::Kind::Load:
                    if (!flag.stop_requested()) maker->load(job.variant, flag, tell);
                    break;
                case Job::Kind::Unload:
                    maker->unload(tell);
                    break;
            }
            {
                const std::lock_guard lock(mutex);
                running = false;
                unsettled = flag.stop_requested();
            }
            // After `running` is false: whoever hears Ended may submit and stop again.
            if (ended) send(running_id, std::move(*ended));
        }
    }
};

GeneratorThread::GeneratorThread(std::unique_ptr<ReplyMaker> maker, EventSink sink)
    : state_(std::make_unique<State>()) {
    state_->maker = std::move(maker);
    state_->sink = std::move(sink);
    state_->postman = std::thread([state = state_.get()] { state->deliver(); });
    state_->worker = std::thread([state = state_.get()] { state->run(); });
}

GeneratorThread::~GeneratorThread() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->ending = true;
        state_->flag.request_stop();
        state_->settle_flag.request_stop();
    }
    state_->work.notify_one();
    state_->worker.join();
    {
        const std::lock_guard lock(state_->post_mutex);
        state_->post_ending = true;
    }
    state_->post_ready.notify_one();
    state_->postman.join();
}

void GeneratorThread::submit(Request request) {
    {
        const std::lock_guard lock(state_->mutex);
        Queued queued;
        queued.ahead = static_cast<int>(state_->jobs.size()) + (state_->running ? 1 : 0);
        state_->send(request.reply, queued);
        state_->settle_flag.request_stop();
        Job job;
        job.request = std::move(request);
        state_->jobs.push_back(std::move(job));
    }
    state_->work.notify_one();
}

void GeneratorThread::stop(const ReplyId& reply) {
    const std::lock_guard lock(state_->mutex);
    auto& jobs = state_->jobs;
    if (reply.empty()) {
        std::erase_if(jobs, [](const Job& job) { return job.kind == Job::Kind::Load; });
        state_->settle_flag.request_stop();
    } else {
        const auto waiting = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) {
            return job.kind == Job::Kind::Reply && job.request.reply == reply;
        });
        if (waiting != jobs.end()) {
            jobs.erase(waiting);
            state_->send(reply, stopped_before_it_began());
            return;
        }
    }
    if (state_->running && state_->running_id == reply) state_->flag.request_stop();
}

void GeneratorThread::answer_now(const ReplyId& reply) {
    const std::lock_guard lock(state_->mutex);
    if (state_->running && state_->running_id == reply && !reply.empty()) {
        state_->flag.request_answer_now();
        return;
    }
    for (Job& job : state_->jobs) {
        if (job.kind == Job::Kind::Reply && job.request.reply == reply) job.answer_now = true;
    }
}

void GeneratorThread::load(VariantPlan variant) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->settle_flag.request_stop();
        Job job;
        job.kind = Job::Kind::Load;
        job.variant = std::move(variant);
        state_->jobs.push_back(std::move(job));
    }
    state_->work.notify_one();
}

void GeneratorThread::unload() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->settle_flag.request_stop();
        Job job;
        job.kind = Job::Kind::Unload;
        state_->jobs.push_back(std::move(job));
    }
    state_->work.notify_one();
}

}  // namespace deepwell::app
