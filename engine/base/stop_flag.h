// The one word that goes down into a running job. Set from any thread; the job looks at it between
// tiles of work and ends within 200 ms. Everything else between threads is a value in a queue.
#pragma once

#include <atomic>
#include <cstdint>

namespace deepwell::engine {

class StopFlag {
public:
    void request_stop() { word_.fetch_or(kStop, std::memory_order_relaxed); }
    void request_answer_now() { word_.fetch_or(kAnswerNow, std::memory_order_relaxed); }
    void reset() { word_.store(0, std::memory_order_relaxed); }

    bool stop_requested() const { return (word_.load(std::memory_order_relaxed) & kStop) != 0; }
    // Close the thought and answer: looked at by the session's thinking limits only.
    bool answer_now_requested() const {
        return (word_.load(std::memory_order_relaxed) & kAnswerNow) != 0;
    }

private:
    static constexpr std::uint32_t kStop = 1;
    static constexpr std::uint32_t kAnswerNow = 2;
    std::atomic<std::uint32_t> word_{0};
};

}  // namespace deepwell::engine
