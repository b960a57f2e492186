// Shows a reply as it streams: the thought dimmed on a terminal, the answer plain, what happens
// before the first word as one line that changes.
#pragma once

#include <cstdio>
#include <string>

#include "app/generation/event.h"

namespace deepwell::app::cli {

struct PrinterOptions {
    bool text = true;       // stream thought and answer to standard output
    bool thought = true;    // the thought too
    bool colours = false;   // standard output is a terminal
    bool progress = false;  // standard error is a terminal
};

class ReplyPrinter {
public:
    explicit ReplyPrinter(PrinterOptions options) : options_(options) {}
    ~ReplyPrinter();

    void take(const Event& event);

private:
    enum class Part { Nothing, Thought, Answer };
    void progress(const std::string& line);
    void clear_progress();
    void part(Part part);
    void write(const std::string& text);

    PrinterOptions options_;
    Part part_ = Part::Nothing;
    bool progress_shown_ = false;
    bool at_line_start_ = true;
};

// What a terminal must not be told by a model: control characters but line ends and tabs are shown
// as a picture of themselves.
std::string safe_for_terminal(const std::string& text);

}  // namespace deepwell::app::cli
