#include "app/cli/terminal/line_reader.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace deepwell::app::cli {

LineReader::Result LineReader::next(std::string& line) {
    for (;;) {
        const std::size_t end = buffer_.find('\n');
        if (end != std::string::npos || (ended_ && !buffer_.empty())) {
            line = buffer_.substr(0, end);
            buffer_.erase(0, end == std::string::npos ? end : end + 1);
            if (!line.empty() && line.back() == '\r') line.pop_back();
            return Result::Line;
        }
        if (ended_) return Result::End;
        std::array<char, 4096> piece{};
        const ssize_t got = ::read(STDIN_FILENO, piece.data(), piece.size());
        if (got > 0) {
            buffer_.append(piece.data(), static_cast<std::size_t>(got));
        } else if (got < 0 && errno == EINTR) {
            buffer_.clear();
            return Result::Interrupted;
        } else {
            ended_ = true;
        }
    }
}

bool input_is_terminal() {
    return ::isatty(STDIN_FILENO) == 1;
}

bool output_is_terminal() {
    return ::isatty(STDOUT_FILENO) == 1;
}

bool errors_are_terminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

}  // namespace deepwell::app::cli
