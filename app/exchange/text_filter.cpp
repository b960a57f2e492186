#include "app/exchange/text_filter.h"

#include <unicode/utf8.h>

#include <algorithm>

namespace deepwell::app {
namespace {

constexpr std::size_t kPiece = 64 * 1024;
constexpr auto kReplacement = "\xEF\xBF\xBD";

int hex_value(int c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

bool TextFilter::fill() {
    if (source_ended_) return false;
    if (stop_ != nullptr && *stop_) {
        error_ = Error{ErrorCode::Cancelled, "Cancelled.", ""};
        source_ended_ = true;
        return false;
    }
    raw_.erase(0, at_);
    at_ = 0;
    const auto before = raw_.size();
    raw_.resize(before + kPiece);
    const auto got = source_.read(raw_.data() + before, kPiece);
    if (!got) error_ = got.error();
    raw_.resize(before + (got ? *got : 0));
    if (!got || *got == 0) source_ended_ = true;
    return raw_.size() > before;
}

// A byte further on, or -1.
int TextFilter::peek(std::size_t ahead) {
    while (at_ + ahead >= raw_.size()) {
        if (!fill()) return -1;
    }
    return static_cast<unsigned char>(raw_[at_ + ahead]);
}

// One letter of more than a byte, or a run of bytes that are none.
void TextFilter::take_letter() {
    peek(3);  // as much as a letter may need, where there is so much
    const auto length = static_cast<std::int64_t>(raw_.size() - at_);
    const auto good = [&](std::int64_t from, std::int64_t& end) {
        UChar32 letter = 0;
        end = from;
        U8_NEXT(raw_.data() + at_, end, length, letter);
        return letter >= 0;
    };
    std::int64_t end = 0;
    if (good(0, end)) {
        ready_.assign(raw_, at_, static_cast<std::size_t>(end));
    } else {
        ++bad_bytes_;
        ready_ = kReplacement;
        // The run ends at a plain byte, or where a letter begins.
        std::int64_t next = 0;
        while (end < length &&
               static_cast<unsigned char>(raw_[at_ + static_cast<std::size_t>(end)]) >= 0x80 &&
               !good(end, next)) {
            end = next;
        }
    }
    at_ += static_cast<std::size_t>(end);
    offset_ += end;
}

// A backslash inside a string, with what belongs to it.
void TextFilter::take_escape() {
    const auto unit_at = [&](std::size_t from) -> int {
        if (peek(from) != '\\' || peek(from + 1) != 'u') return -1;
        int unit = 0;
        for (std::size_t i = 2; i < 6; ++i) {
            const int digit = hex_value(peek(from + i));
            if (digit < 0) return -1;
            unit = unit * 16 + digit;
        }
        return unit;
    };
    const int first = unit_at(0);
    std::size_t length = 2;
    bool lone = false;
    if (first >= 0) {
        length = 6;
        if (first >= 0xD800 && first <= 0xDBFF) {
            const int second = unit_at(6);
            lone = second < 0xDC00 || second > 0xDFFF;
            if (!lone) length = 12;
        } else {
            lone = first >= 0xDC00 && first <= 0xDFFF;
        }
    }
    if (lone) {
        ++bad_escapes_;
        ready_ = "\\ufffd";
    } else {
        length = std::min(length, raw_.size() - at_);
        // The second byte of a short escape may belong to a longer letter: it is looked at by
        // itself.
        if (length == 2 && static_cast<unsigned char>(raw_[at_ + 1]) >= 0x80) length = 1;
        ready_.assign(raw_, at_, length);
    }
    at_ += length;
    offset_ += static_cast<std::int64_t>(length);
}

int TextFilter::next() {
    if (ready_at_ < ready_.size()) return static_cast<unsigned char>(ready_[ready_at_++]);
    if (!started_) {
        started_ = true;
        if (peek(0) == 0xEF && peek(1) == 0xBB && peek(2) == 0xBF) {
            at_ += 3;
            offset_ += 3;
        }
    }
    const int byte = peek(0);
    if (byte < 0) return -1;
    if (byte < 0x80 && byte != '\\' && byte != '"') {
        ++at_;
        ++offset_;
        return byte;
    }
    ready_.clear();
    ready_at_ = 0;
    if (byte == '"') {
        in_string_ = !in_string_;
        ++at_;
        ++offset_;
        return byte;
    }
    if (byte == '\\' && in_string_) {
        take_escape();
    } else if (byte >= 0x80) {
        take_letter();
    } else {
        ready_.assign(1, static_cast<char>(byte));
        ++at_;
        ++offset_;
    }
    return static_cast<unsigned char>(ready_[ready_at_++]);
}

}  // namespace deepwell::app
