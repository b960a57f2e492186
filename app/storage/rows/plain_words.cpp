#include "app/storage/rows/plain_words.h"

#include <algorithm>
#include <cctype>

namespace deepwell::app {
namespace {

constexpr std::string_view kDot = "·";

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0;
}

bool is_only(std::string_view line, std::string_view of) {
    return line.find_first_not_of(of) == std::string_view::npos;
}

std::string_view trimmed(std::string_view line) {
    while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
    while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
    return line;
}

class Reader {
public:
    Reader(std::string_view source, bool at_line_start) : source_(source) {
        words_.places.reserve(source.size() + 1);
        bool whole = at_line_start;
        while (at_ < source_.size()) {
            const auto end = std::min(source_.find('\n', at_), source_.size());
            line(end, whole);
            if (end < source_.size()) keep(1);
            whole = true;
        }
        words_.places.push_back(words_.text.size());
    }
    PlainWords take() { return std::move(words_); }

private:
    void keep(std::size_t bytes) {
        for (; bytes > 0; --bytes, ++at_) {
            words_.places.push_back(words_.text.size());
            words_.text += source_[at_];
        }
    }
    void drop(std::size_t bytes) {
        for (; bytes > 0; --bytes, ++at_) words_.places.push_back(words_.text.size());
    }

    void line(std::size_t end, bool whole) {
        const auto row = trimmed(source_.substr(at_, end - at_));
        if (whole && (row.starts_with("```") || row.starts_with("~~~"))) {
            drop(end - at_);
            return;
        }
        if (whole && row.size() >= 3 &&
            (is_only(row, "-") || is_only(row, "*") || is_only(row, "_") || is_only(row, "=") ||
             (row.find('-') != std::string_view::npos && is_only(row, "|-: ")))) {
            drop(end - at_);
            return;
        }
        cells_ = whole && row.size() > 1 && row.front() == '|';
        if (whole) {
            beginning(end);
        }
        while (at_ < end) piece(end);
    }

    // Quotes, heads, items of lists.
    void beginning(std::size_t end) {
        while (at_ < end) {
            std::size_t next = at_;
            while (next < end && is_blank(source_[next])) ++next;
            if (next == end) return;
            const char c = source_[next];
            if (c == '>') {
                drop(next + 1 - at_);
                if (at_ < end && is_blank(source_[at_])) drop(1);
                continue;
            }
            std::size_t marks = next;
            while (marks < end && source_[marks] == '#') ++marks;
            if (marks > next && marks - next <= 6 && marks < end && is_blank(source_[marks])) {
                drop(marks + 1 - at_);
            } else if ((c == '-' || c == '*' || c == '+') && next + 1 < end &&
                       is_blank(source_[next + 1])) {
                drop(next - at_);
                words_.text += kDot;
                drop(1);
            }
            return;
        }
    }

    void piece(std::size_t end) {
        const char c = source_[at_];
        const char next = at_ + 1 < end ? source_[at_ + 1] : '\0';
        switch (c) {
            case '\\':
                // A frame of a formula, or a mark that is meant as it is.
                if (next == '(' || next == ')' || next == '[' || next == ']') {
                    drop(2);
                } else {
                    if (std::ispunct(static_cast<unsigned char>(next)) != 0 && next != '\\') {
                        drop(1);
                    }
                    keep(1);
                }
                return;
            case '`':
                code(end);
                return;
            case '*':
            case '_':
            case '~':
                marks(end, c);
                return;
            case '$':
                next == '$' ? drop(2) : keep(1);
                return;
            case '!':
                if (next == '[' && link(end, at_ + 1)) return;
                keep(1);
                return;
            case '[':
                if (!link(end, at_)) keep(1);
                return;
            case '|':
                cells_ ? cell(end) : keep(1);
                return;
            default:
                keep(1);
        }
    }

    void code(std::size_t end) {
        std::size_t after = at_;
        while (after < end && source_[after] == '`') ++after;
        const auto fence = source_.substr(at_, after - at_);
        drop(fence.size());
        const auto close = source_.substr(0, end).find(fence, at_);
        if (close == std::string_view::npos) return;
        keep(close - at_);
        drop(fence.size());
    }

    // Runs of * and _ that open or close; stars of a product and the lines of a name stay.
    void marks(std::size_t end, char mark) {
        std::size_t after = at_;
        while (after < end && source_[after] == mark) ++after;
        const auto count = after - at_;
        const bool blank_before =
            at_ == 0 || is_blank(source_[at_ - 1]) || source_[at_ - 1] == '\n';
        const bool blank_after = after == end || is_blank(source_[after]);
        const bool inside =
            at_ > 0 && after < end && is_word(source_[at_ - 1]) && is_word(source_[after]);
        const bool alone = blank_before && blank_after && after != end;
        const bool meant = count > 3 || alone || (mark == '~' && count < 2) ||
                           (inside && (mark == '_' || (mark == '*' && count == 1)));
        meant ? keep(count) : drop(count);
    }

    // [text](target) and ![text](target): the text.
    bool link(std::size_t end, std::size_t open) {
        const auto row = source_.substr(0, end);
        const auto close = row.find(']', open);
        if (close == std::string_view::npos || close + 1 >= end || row[close + 1] != '(') {
            return false;
        }
        drop(open + 1 - at_);
        keep(close - at_);
        const auto target = row.find(')', close);
        drop((target == std::string_view::npos ? end : target + 1) - at_);
        return true;
    }

    void cell(std::size_t end) {
        const bool first = trimmed(source_.substr(line_start(), at_ - line_start())).empty();
        const bool last = trimmed(source_.substr(at_ + 1, end - at_ - 1)).empty();
        if (!first && !last) words_.text += kDot;
        drop(1);
        if (first && at_ < end && is_blank(source_[at_])) drop(1);
    }
    std::size_t line_start() const {
        const auto before = source_.substr(0, at_).rfind('\n');
        return before == std::string_view::npos ? 0 : before + 1;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    bool cells_ = false;
    PlainWords words_;
};

}  // namespace

PlainWords without_markup(std::string_view source, bool at_line_start) {
    return Reader(source, at_line_start).take();
}

}  // namespace deepwell::app
