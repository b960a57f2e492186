// How long this machine, while the object lives, keeps a program that wants to run from running:
// what the program under test could not help is not held against it.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace deepwell::tests {

class MachineWatch {
public:
    MachineWatch() {
        thread_ = std::thread([this] {
            using Clock = std::chrono::steady_clock;
            constexpr auto kNap = std::chrono::milliseconds(5);
            auto last = Clock::now();
            while (!end_) {
                std::this_thread::sleep_for(kNap);
                const auto now = Clock::now();
                const auto late =
                    std::chrono::duration_cast<std::chrono::milliseconds>(now - last - kNap);
                late_ = std::max<std::int64_t>(late_, late.count());
                last = now;
            }
        });
    }
    MachineWatch(const MachineWatch&) = delete;
    MachineWatch& operator=(const MachineWatch&) = delete;
    ~MachineWatch() {
        end_ = true;
        thread_.join();
    }
    std::chrono::milliseconds late() const { return std::chrono::milliseconds(late_); }

private:
    std::atomic<bool> end_{false};
    std::atomic<std::int64_t> late_{0};
    std::thread thread_;
};

}  // namespace deepwell::tests
