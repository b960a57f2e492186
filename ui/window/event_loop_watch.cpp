#include "ui/window/event_loop_watch.h"

#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>

namespace deepwell::ui {
namespace {

using Steady = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr auto kEvery = 10ms;
// Longer than this in a wait of kEvery means that the whole program was kept from running.
constexpr auto kLate = 30ms;

double ms_between(Steady::time_point from, Steady::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double clock_ms(clockid_t clock) {
    timespec time = {};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// What one posted event and the watching thread share; either may go first.
struct Letter {
    std::mutex mutex;
    std::condition_variable taken;
    bool done = false;
    Steady::time_point at;
};

}  // namespace

double process_age_ms() {
    // proc(5), stat: the 22nd word is the start in clock ticks after boot; the second one may hold
    // blanks, and ends with the last bracket.
    std::ifstream file("/proc/self/stat");
    std::string line;
    std::getline(file, line);
    std::size_t at = line.rfind(')');
    for (int word = 2; word < 22 && at != std::string::npos; ++word) at = line.find(' ', at + 1);
    if (at == std::string::npos) return 0;
    const double ticks = std::strtod(line.c_str() + at, nullptr);
    return clock_ms(CLOCK_BOOTTIME) - ticks * 1e3 / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double processor_wait_ms() {
    // The scheduler's figures: time on a processor, time waiting for one (both ns), turns.
    std::ifstream file("/proc/self/task/" + std::to_string(::getpid()) + "/schedstat");
    double on = 0, waiting = 0;
    file >> on >> waiting;
    return waiting / 1e6;
}

EventLoopWatch::EventLoopWatch(std::function<void(const Stall&)> told) : told_(std::move(told)) {
    clockid_t clock = CLOCK_MONOTONIC;
    ::pthread_getcpuclockid(::pthread_self(), &clock);
    thread_ = std::thread([this, clock] { run(clock); });
}

EventLoopWatch::~EventLoopWatch() {
    end_ = true;
    thread_.join();
}

void EventLoopWatch::run(clockid_t gui_clock) {
    while (!end_) {
        const auto letter = std::make_shared<Letter>();
        const auto posted = Steady::now();
        const double cpu = clock_ms(gui_clock);
        const double waited = processor_wait_ms();
        QMetaObject::invokeMethod(
            &mailbox_,
            [letter] {
                const std::lock_guard lock(letter->mutex);
                letter->at = Steady::now();
                letter->done = true;
                letter->taken.notify_all();
            },
            Qt::QueuedConnection);
        double paused = 0;
        bool done = false;
        while (!done && !end_) {
            const auto from = Steady::now();
            std::unique_lock lock(letter->mutex);
            done = letter->taken.wait_for(lock, kEvery, [&] { return letter->done; });
            const auto took = Steady::now() - from;
            if (took > kEvery + kLate) paused += ms_between(from + kEvery, from + took);
        }
        if (done) {
            Stall stall;
            stall.ms = ms_between(posted, letter->at);
            stall.cpu_ms = std::min(stall.ms, clock_ms(gui_clock) - cpu);
            const double kept = std::max(processor_wait_ms() - waited, paused);
            stall.own_ms = std::max(stall.cpu_ms, stall.ms - kept);
            told_(stall);
        }
        std::this_thread::sleep_for(kEvery);
    }
}

}  // namespace deepwell::ui
