// Measures how long the event loop of the GUI thread leaves an event waiting: a thread of its own
// posts one every 10 ms and sees when it is taken.
//
// A machine that is busy with other programs makes everything late; that is told apart: `own` is
// the time that the GUI thread itself computed or waited, without the time that it was ready to run
// and got no processor.
#pragma once

#include <QtCore/QObject>
#include <atomic>
#include <ctime>
#include <functional>
#include <thread>

namespace deepwell::ui {

struct Stall {
    double ms = 0;      // until the event was taken
    double own_ms = 0;  // of these, the program's own
    double cpu_ms = 0;  // of these, computed on the GUI thread
    bool operator<(const Stall& other) const { return own_ms < other.own_ms; }
};

class EventLoopWatch {
public:
    // Made on the GUI thread. `told` is called on the watching thread, with each event's wait.
    explicit EventLoopWatch(std::function<void(const Stall&)> told);
    EventLoopWatch(const EventLoopWatch&) = delete;
    EventLoopWatch& operator=(const EventLoopWatch&) = delete;
    ~EventLoopWatch();  // on the GUI thread; waits for at most one event

private:
    void run(clockid_t gui_clock);

    std::function<void(const Stall&)> told_;
    QObject mailbox_;  // on the GUI thread
    std::atomic<bool> end_{false};
    std::thread thread_;
};

// Since this process began, in ms; and how long of it its first thread was ready to run and got no
// processor.
double process_age_ms();
double processor_wait_ms();

}  // namespace deepwell::ui
