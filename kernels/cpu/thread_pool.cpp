#include "kernels/cpu/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "kernels/cpu/processors.h"

namespace deepwell::kernels::cpu {
namespace {

void relax() {
#if defined(__x86_64__)
    _mm_pause();
#else
    std::this_thread::yield();
#endif
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
    return usable_cores();
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
            const auto changed = [&] {
                return step_of(gate.load(std::memory_order_acquire)) != seen;
            };
            if (!spin(changed)) {
                std::unique_lock lock(mutex);
                ++sleeping;
                wake.wait(lock, changed);
                --sleeping;
            }
            std::uint64_t now = gate.load(std::memory_order_acquire);
            seen = step_of(now);
            if (ending.load(std::memory_order_relaxed)) return;
            if (!enter(now)) continue;
            work(self);
            if (gate.fetch_sub(1, std::memory_order_acq_rel) % kStep == 1) {
                // The last one behind a closed gate: the caller may be asleep.
                const std::lock_guard lock(mutex);
                done.notify_one();
            }
        }
    }

    // Joins the step that `now` shows, unless it has been closed meanwhile.
    bool enter(std::uint64_t now) {
        while ((now & kOpen) != 0) {
            if (gate.compare_exchange_weak(now, now + 1, std::memory_order_acq_rel,
                                           std::memory_order_acquire)) {
                return true;
            }
        }
        return false;
    }

    // The gate in one word: how many threads are inside, whether more may enter, the step's number.
    // A thread that comes late, because it slept or another program has its processor, finds the
    // gate closed and its share done by the others: nobody waits for it.
    static constexpr std::uint64_t kOpen = 1u << 16;
    static constexpr std::uint64_t kStep = 2 * kOpen;
    static std::uint64_t step_of(std::uint64_t word) { return word / kStep; }

    std::vector<Share> shares;
    std::vector<std::thread> threads;

    // Written by the caller while nobody is inside, read by those who have entered.
    Call call = nullptr;
    const void* context = nullptr;
    Stop stop;
    std::atomic<bool> ending{false};

    std::atomic<bool> stopped{false};
    std::atomic<std::uint64_t> gate{0};

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
        state_->ending.store(true, std::memory_order_relaxed);
        state_->gate.fetch_add(State::kStep, std::memory_order_release);
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
    bool sleepers;
    {
        // Under the mutex, so that no thread falls asleep between its look and the change.
        const std::lock_guard lock(state.mutex);
        state.gate.fetch_add(State::kStep | State::kOpen, std::memory_order_release);
        sleepers = state.sleeping > 0;
    }
    if (sleepers) state.wake.notify_all();
    state.work(0);
    // All items are taken: who is not inside is not needed, who is has one left.
    state.gate.fetch_sub(State::kOpen, std::memory_order_acq_rel);
    const auto finished = [&] {
        return state.gate.load(std::memory_order_acquire) % State::kOpen == 0;
    };
    if (!spin(finished)) {
        std::unique_lock lock(state.mutex);
        state.done.wait(lock, finished);
    }
    return !state.stopped.load(std::memory_order_relaxed);
}

}  // namespace deepwell::kernels::cpu
