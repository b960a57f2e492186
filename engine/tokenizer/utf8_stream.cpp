#include "engine/tokenizer/utf8_stream.h"

#include <utility>

#include "engine/base/utf8.h"

namespace deepwell::engine {

std::string Utf8Stream::push(std::string_view bytes) {
    std::string pending = std::exchange(tail_, {});
    pending += bytes;
    std::string text;
    std::string_view rest = pending;
    while (!rest.empty()) {
        const Utf8Unit unit = read_utf8(rest);
        if (unit.state == Utf8Unit::State::incomplete) {
            tail_ = rest;
            break;
        }
        append_utf8(text, unit.code_point);
        rest.remove_prefix(unit.length);
    }
    return text;
}

std::string Utf8Stream::flush() {
    std::string text;
    if (!tail_.empty()) append_utf8(text, U'\uFFFD');
    tail_.clear();
    return text;
}

}  // namespace deepwell::engine
