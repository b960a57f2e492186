// Lines from standard input, one after another; a wait for a line ends with Ctrl-C.
#pragma once

#include <string>

namespace deepwell::app::cli {

class LineReader {
public:
    enum class Result { Line, End, Interrupted };
    // `line` without its end.
    Result next(std::string& line);

private:
    std::string buffer_;
    bool ended_ = false;
};

bool input_is_terminal();
bool output_is_terminal();
bool errors_are_terminal();

}  // namespace deepwell::app::cli
