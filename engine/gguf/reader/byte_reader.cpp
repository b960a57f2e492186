#include "engine/gguf/reader/byte_reader.h"

#include <algorithm>

namespace deepwell::engine {

void ByteReader::end_too_early() {
    if (error_) return;
    error_ = Error{ErrorCode::FileDamaged,
                   "The model file ends too early: the download was not finished. Get it again.",
                   "end of file"};
}

bool ByteReader::refill() {
    if (error_) return false;
    const std::uint64_t left = file_.size() - position_;
    if (left == 0) {
        end_too_early();
        return false;
    }
    buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(left, kBufferBytes)));
    used_ = 0;
    if (auto read = file_.read(position_, buffer_); !read) {
        error_ = std::move(read.error());
        buffer_.clear();
        return false;
    }
    return true;
}

void ByteReader::copy(void* out, std::size_t size) {
    auto* target = static_cast<std::byte*>(out);
    while (size > 0) {
        if (used_ == buffer_.size() && !refill()) {
            std::memset(target, 0, size);
            return;
        }
        const std::size_t step = std::min(size, buffer_.size() - used_);
        std::memcpy(target, buffer_.data() + used_, step);
        target += step;
        size -= step;
        used_ += step;
        position_ += step;
    }
}

void ByteReader::append_to(std::string& text, std::uint64_t size) {
    if (size > left()) {
        end_too_early();
        return;
    }
    const std::size_t before = text.size();
    text.resize(before + static_cast<std::size_t>(size));
    copy(text.data() + before, static_cast<std::size_t>(size));
}

}  // namespace deepwell::engine
