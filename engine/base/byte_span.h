// A stretch of a UTF-8 text, in bytes.
#pragma once

#include <cstddef>

namespace deepwell::engine {

struct ByteSpan {
    std::size_t begin = 0;
    std::size_t end = 0;  // one past the last byte

    friend bool operator==(const ByteSpan&, const ByteSpan&) = default;
};

}  // namespace deepwell::engine
