// Ctrl-C as a value to look at. While an Interrupt lives, the first Ctrl-C only counts; one that
// nobody has taken after a second press ends the program.
#pragma once

namespace deepwell::app::cli {

class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    // True once for each Ctrl-C (and for SIGTERM).
    bool take();
};

}  // namespace deepwell::app::cli
