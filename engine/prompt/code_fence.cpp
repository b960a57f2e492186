#include "engine/prompt/code_fence.h"

namespace deepwell::engine {

void CodeFence::feed(char byte) {
    if (byte == '\n') {
        if (open_run_ == 0) {
            if (opening_line()) {
                open_marker_ = marker_;
                open_run_ = run_;
                has_code_ = false;
            }
        } else if (run_ >= open_run_ && marker_ == open_marker_ && rest_blank_) {
            open_run_ = 0;
        }
        marker_ = 0;
        run_ = 0;
        run_ended_ = false;
        rest_blank_ = true;
        rest_has_back_quote_ = false;
        return;
    }
    const bool blank = byte == ' ' || byte == '\t' || byte == '\r';
    if (open_run_ > 0 && !blank) has_code_ = true;
    if (!run_ended_) {
        if (run_ == 0 && blank) return;
        if (run_ == 0 && (byte == '`' || byte == '~')) {
            marker_ = byte;
            run_ = 1;
            return;
        }
        if (run_ > 0 && byte == marker_) {
            ++run_;
            return;
        }
        run_ended_ = true;
    }
    if (!blank) rest_blank_ = false;
    if (byte == '`' && marker_ == '`') rest_has_back_quote_ = true;
}

}  // namespace deepwell::engine
