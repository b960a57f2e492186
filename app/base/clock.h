// The time, handed in so that tests can set it. All stored times are UTC milliseconds since 1970.
#pragma once

#include <atomic>
#include <cstdint>

namespace deepwell::app {

using Milliseconds = std::int64_t;

// Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Milliseconds now_ms() const = 0;
};

class SystemClock final : public Clock {
public:
    Milliseconds now_ms() const override;
};

// Stands where it was put.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Milliseconds now) : now_(now) {}
    Milliseconds now_ms() const override { return now_; }
    void set(Milliseconds now) { now_ = now; }
    void advance(Milliseconds by) { now_ += by; }

private:
    std::atomic<Milliseconds> now_;
};

}  // namespace deepwell::app
