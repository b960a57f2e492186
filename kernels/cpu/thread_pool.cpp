#include "kernels/cpu/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace deepwell::kernels::cpu {
namespace {

void relax() {
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

// The processors that this process may run on.
std::vector<int> allowed_processors() {
    std::vector<int> allowed;
#if defined(__linux__)
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int i = 0; i < CPU_SETSIZE; ++i) {
            if (CPU_ISSET(i, &set)) allowed.push_back(i);
        }
    }
#endif
    if (allowed.empty()) {
        const unsigned count = std::max(1u, std::thread::hardware_concurrency());
        for (unsigned i = 0; i < count; ++i) allowed.push_back(static_cast<int>(i));
    }
    return allowed;
}

// Threads of one core count once.
int physical_cores(const std::vector<int>& processors) {
    std::set<std::pair<int, int>> cores;
    for (const int processor : processors) {
        const std::string folder =
            "/sys/devices/system/cpu/cpu" + std::to_string(processor) + "/topology/";
        int package = -1, core = -1;
        std::ifstream(folder + "physical_package_id") >> package;
        std::ifstream(folder + "core_id") >> core;
        // Without a topology each processor counts.
        cores.insert(core < 0 ? std::pair{-1, processor} : std::pair{package, core});
    }
    return static_cast<int>(cores.size());
}

// The control group's quota in processors, or a large number.
double quota() {
    double allowed = 1e9;
    std::ifstream both("/sys/fs/cgroup/cpu.max");
    std::string limit;
    double period = 0;
    if (both >> limit >> period && limit != "max" && period > 0) {
        allowed = std::strtod(limit.c_str(), nullptr) / period;
    }
    double old_quota = 0, old_period = 0;
    std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_quota_us") >> old_quota;
    std::ifstream("/sys/fs/cgroup/cpu/cpu.cfs_period_us") >> old_period;
    if (old_quota > 0 && old_period > 0) allowed = std::min(allowed, old_quota / old_period);
    return allowed;
}

constexpr auto kSpin = std::chrono::microseconds(50);

// Spins until `ready`, at most for kSpin; returns whether it became so.
template <class Ready>
bool spin(const Ready& ready) {
    const auto end = std::chrono::steady_clock::now() + kSpin;
    for (;;) {
        for (int i = 0; i < 64; ++i) {
            if (ready()) return true;
            relax();
        }
        if (std::chrono::steady_clock::now() >= end) return ready();
    }
}

}  // namespace

int usable_threads() {
    const std::vector<int> processors = allowed_processors();
    const double limit = std::min<double>(
        quota(),
        std::min<double>(physical_cores(processors), static_cast<double>(processors.size())));
    return std::max(1, static_cast<int>(limit));
}

struct ThreadPool::State {
    // One share of consecutive items; others may take from it too. On a cache line of its own.
    struct alignas(64) Share {
        std::atomic<std::int64_t> next{0};
        std::int64_t end = 0;
    };

    explicit State(int count) : shares(static_cast<std::size_t>(count)) {}

    // Runs items of all shares, the own one first.
    void work(std::size_t self) {
        for (std::size_t k = 0; k < shares.size(); ++k) {
            Share& share = shares[(self + k) % shares.size()];
            for (;;) {
                if (stopped.load(std::memory_order_relaxed)) return;
                if (share.next.load(std::memory_order_relaxed) >= share.end) break;
                const std::int64_t item = share.next.fetch_add(1, std::memory_order_relaxed);
                if (item >= share.end) break;
                call(context, item, static_cast<int>(self));
                if (stop()) stopped.store(true, std::memory_order_relaxed);
            }
        }
    }

    void thread_main(std::size_t self) {
        std::uint64_t seen = 0;
        for (;;) {
            const auto changed = [&] { return step.load(std::memory_order_acquire) != seen; };
            if (!spin(changed)) {
                std::unique_lock lock(mutex);
                ++sleeping;
                wake.wait(lock, changed);
                --sleeping;
            }
            seen = step.load(std::memory_order_acquire);
            if (ending) return;
            work(self);
            if (running.fetch_sub(1, std::memory_order_acq_rel) == 1) {
                // The last one: the caller may be asleep.
                const std::lock_guard lock(mutex);
                done.notify_one();
            }
        }
    }

    std::vector<Share> shares;
    std::vector<std::thread> threads;

    // Written by the caller before `step` goes up, read by the threads after.
    Call call = nullptr;
    const void* context = nullptr;
    Stop stop;
    bool ending = false;

    std::atomic<bool> stopped{false};
    std::atomic<std::uint64_t> step{0};
    std::atomic<int> running{0};

    std::mutex mutex;
    std::condition_variable wake, done;
    int sleeping = 0;  // under the mutex
};

ThreadPool::ThreadPool(int threads) {
    const int count = threads > 0 ? threads : usable_threads();
    state_ = std::make_unique<State>(count);
    for (int i = 1; i < count; ++i) {
        state_->threads.emplace_back(
            [state = state_.get(), i] { state->thread_main(static_cast<std::size_t>(i)); });
    }
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->ending = true;
        state_->step.fetch_add(1, std::memory_order_release);
    }
    state_->wake.notify_all();
    for (std::thread& thread : state_->threads) thread.join();
}

int ThreadPool::threads() const {
    return static_cast<int>(state_->shares.size());
}

bool ThreadPool::run_items(std::int64_t items, Call call, const void* context, Stop stop) {
    State& state = *state_;
    if (stop()) return false;
    const auto count = static_cast<std::int64_t>(state.shares.size());
    state.stopped.store(false, std::memory_order_relaxed);
    state.call = call;
    state.context = context;
    state.stop = stop;
    for (std::int64_t i = 0; i < count; ++i) {
        State::Share& share = state.shares[static_cast<std::size_t>(i)];
        share.next.store(items * i / count, std::memory_order_relaxed);
        share.end = items * (i + 1) / count;
    }
    if (items <= 1 || count == 1) {
        // Not worth waking anyone.
        state.work(0);
        return !state.stopped.load(std::memory_order_relaxed);
    }
    state.running.store(static_cast<int>(count) - 1, std::memory_order_relaxed);
    bool sleepers;
    {
        // Under the mutex, so that no thread falls asleep between its look and the change.
        const std::lock_guard lock(state.mutex);
        state.step.fetch_add(1, std::memory_order_release);
        sleepers = state.sleeping > 0;
    }
    if (sleepers) state.wake.notify_all();
    state.work(0);
    const auto finished = [&] { return state.running.load(std::memory_order_acquire) == 0; };
    if (!spin(finished)) {
        std::unique_lock lock(state.mutex);
        state.done.wait(lock, finished);
    }
    return !state.stopped.load(std::memory_order_relaxed);
}

}  // namespace deepwell::kernels::cpu
