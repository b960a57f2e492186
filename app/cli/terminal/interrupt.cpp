#include "app/cli/terminal/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace deepwell::app::cli {
namespace {

// The one thing that a signal handler may touch.
volatile std::sig_atomic_t pressed = 0;

void note_signal(int number) {
    if (pressed != 0) ::_exit(128 + number);
    pressed = 1;
}

void install(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    // Without SA_RESTART, so that waiting for a line ends.
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
    pressed = 0;
    install(note_signal);
}

Interrupt::~Interrupt() {
    install(SIG_DFL);
}

bool Interrupt::take() {
    if (pressed == 0) return false;
    pressed = 0;
    return true;
}

}  // namespace deepwell::app::cli
