// A thread with two lanes of jobs: urgent ones before ordinary ones, each lane in the order in
// which its jobs came. An ordinary job that has more to do goes to the end of its lane.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace deepwell::app {

enum class Lane { Urgent, Ordinary };

class JobThread {
public:
    using Job = std::function<void()>;
    using Step = std::function<bool()>;  // true: again, later
    using Moment = std::chrono::steady_clock::time_point;

    JobThread();
    JobThread(const JobThread&) = delete;
    JobThread& operator=(const JobThread&) = delete;
    ~JobThread();  // finish() without a limit

    // Any thread. After finish() jobs are dropped, and false comes back.
    bool post(Lane lane, Job job);
    bool post_steps(Step step);         // ordinary
    bool post_at(Moment due, Job job);  // urgent, when its time has come

    // No new jobs from now on; ordinary ones that wait are dropped, urgent ones are done, then
    // `last`. False if that took longer than `limit`: the thread then goes on alone (it must not
    // touch what is gone), and ends when it is through.
    bool finish(std::chrono::milliseconds limit, Job last);

private:
    struct State;
    static void run(State& state);
    std::shared_ptr<State> state_;
    std::thread thread_;
};

}  // namespace deepwell::app
