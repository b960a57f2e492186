// The main of tests that need a GUI application: offscreen, software renderer, the window's fonts;
// each event of the event loop is timed.
#include <QtGui/QGuiApplication>
#include <algorithm>
#include <ctime>

#include "tests/support/test_main.h"
#include "tests/ui/support/event_clock.h"
#include "ui/window/fonts.h"

namespace {

double longest = 0;

class TimedApplication : public QGuiApplication {
public:
    using QGuiApplication::QGuiApplication;

    // Only the outermost: what an event causes at once belongs to it. Other threads have events of
    // their own.
    bool notify(QObject* receiver, QEvent* event) override {
        if (inside_ || QThread::currentThread() != thread()) {
            return QGuiApplication::notify(receiver, event);
        }
        inside_ = true;
        const double before = deepwell::tests::thread_cpu_ms();
        const bool done = QGuiApplication::notify(receiver, event);
        longest = std::max(longest, deepwell::tests::thread_cpu_ms() - before);
        inside_ = false;
        return done;
    }

private:
    bool inside_ = false;
};

}  // namespace

namespace deepwell::tests {

double thread_cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

void reset_longest_event() {
    longest = 0;
}

double longest_event_ms() {
    return longest;
}

}  // namespace deepwell::tests

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND")) qputenv("QT_QUICK_BACKEND", "software");
    TimedApplication application(argc, argv);
    deepwell::ui::choose_fonts();
    return run_registered_tests(argc, argv);
}
