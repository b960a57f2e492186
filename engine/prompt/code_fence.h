// Knows, while a Markdown text streams, whether the place reached lies in a fenced code block.
#pragma once

#include <cstddef>
#include <string_view>

namespace deepwell::engine {

class CodeFence {
public:
    void feed(char byte);
    void feed(std::string_view text) {
        for (const char byte : text) feed(byte);
    }

    // In a block, or on the line that opens one.
    bool inside() const { return open_run_ > 0 || opening_line(); }
    // The block has just been opened: no line of code yet, or the opening line is not finished.
    bool just_opened() const { return opening_line() || (open_run_ > 0 && !has_code_); }

private:
    bool opening_line() const { return open_run_ == 0 && run_ >= 3 && !rest_has_back_quote_; }

    char open_marker_ = 0;
    std::size_t open_run_ = 0;  // length of the fence that is open; 0 = none
    bool has_code_ = false;
    // The current line: blanks, then a run of markers, then the rest.
    char marker_ = 0;
    std::size_t run_ = 0;
    bool run_ended_ = false;
    bool rest_blank_ = true;
    bool rest_has_back_quote_ = false;
};

}  // namespace deepwell::engine
