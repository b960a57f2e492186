// Threads that share out the items of one step at a time.
//
//   pool.run(tiles, [&](std::int64_t tile) { ... }, stop);
//
// Each thread starts with a share of consecutive items and helps the others when its own are done.
// What an item computes may not depend on who computes it, so results do not depend on the number
// of threads.
#pragma once

#include <cstdint>
#include <memory>

namespace deepwell::kernels::cpu {

// Asked between items; the kernels know no flag of the layers above.
struct Stop {
    bool (*asked)(const void* context) = nullptr;
    const void* context = nullptr;
    bool operator()() const { return asked != nullptr && asked(context); }
};

// Physical cores that this process may use: the least of the cores' number, the affinity mask and
// the control group's quota, at least 1. One thread more than that makes spinning threads wait for
// each other's time slices.
int usable_threads();

class ThreadPool {
public:
    // `threads` in all, the calling one included; 0 means usable_threads().
    explicit ThreadPool(int threads = 0);
    ~ThreadPool();
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    int threads() const;

    // Calls task(item) for every item in [0, items), on all threads, and returns when all are done:
    // the one barrier of a step. False if `stop` asked for an end; items may then be left out.
    // The task must not throw. From one thread at a time; not from inside a task.
    template <class Task>
    bool run(std::int64_t items, const Task& task, Stop stop = {}) {
        return run_items(
            items,
            [](const void* context, std::int64_t item, int) {
                (*static_cast<const Task*>(context))(item);
            },
            &task, stop);
    }

    // The same with task(item, thread), thread in [0, threads()): for scratch of each thread's own.
    template <class Task>
    bool run_with_thread(std::int64_t items, const Task& task, Stop stop = {}) {
        return run_items(
            items,
            [](const void* context, std::int64_t item, int thread) {
                (*static_cast<const Task*>(context))(item, thread);
            },
            &task, stop);
    }

private:
    using Call = void (*)(const void* context, std::int64_t item, int thread);
    bool run_items(std::int64_t items, Call call, const void* context, Stop stop);

    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace deepwell::kernels::cpu
