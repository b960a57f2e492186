#include "app/rendering/source_lines.h"

#include <algorithm>

namespace deepwell::app::rendering {

qsizetype SourceLines::line_end(qsizetype at) const {
    const qsizetype found = s_.indexOf(u'\n', at);
    return found < 0 ? n_ : found;
}

// Past blanks, quote marks and (where a fence may open behind them) list markers.
qsizetype SourceLines::skip_prefix(qsizetype at, bool list_markers) const {
    while (at < n_) {
        const QChar c = s_[at];
        if (is_blank(c) || c == u'>') {
            ++at;
        } else if (list_markers && (c == u'-' || c == u'*' || c == u'+') && at + 1 < n_ &&
                   is_blank(s_[at + 1])) {
            at += 2;
        } else if (list_markers && is_ascii_digit(c)) {
            qsizetype j = at;
            while (j < n_ && is_ascii_digit(s_[j])) ++j;
            if (j + 1 >= n_ || j - at > 9 || (s_[j] != u'.' && s_[j] != u')') ||
                !is_blank(s_[j + 1])) {
                break;
            }
            at = j + 2;
        } else {
            break;
        }
    }
    return at;
}

std::optional<Fence> SourceLines::fence_at(qsizetype line, bool opening) const {
    qsizetype at = skip_prefix(line, opening);
    if (at >= n_ || (s_[at] != u'`' && s_[at] != u'~')) return {};
    const QChar mark = s_[at];
    const qsizetype begin = at;
    while (at < n_ && s_[at] == mark) ++at;
    if (at - begin < 3) return {};
    const QStringView rest = QStringView(s_).sliced(at, line_end(at) - at);
    if (opening && mark == u'`' && rest.contains(u'`')) return {};
    if (!opening && !rest.trimmed().isEmpty()) return {};
    return Fence{mark, at - begin};
}

qsizetype SourceLines::fence_end(qsizetype line, Fence fence) const {
    qsizetype at = line_end(line);
    while (at < n_) {
        ++at;
        const auto closing = at < n_ ? fence_at(at, false) : std::nullopt;
        if (closing && closing->mark == fence.mark && closing->length >= fence.length) {
            return std::min(n_, line_end(at) + 1);
        }
        at = line_end(at);
    }
    return n_;
}

bool SourceLines::blank_line(qsizetype line) const {
    qsizetype at = line;
    while (at < n_ && (is_blank(s_[at]) || s_[at] == u'>' || s_[at] == u'\r')) ++at;
    return at >= n_ || s_[at] == u'\n';
}

qsizetype SourceLines::paragraph_end(qsizetype at) {
    if (at < paragraph_end_ && at >= paragraph_from_) return paragraph_end_;
    paragraph_from_ = at;
    qsizetype end = line_end(at);
    while (end < n_ && !blank_line(end + 1) && !fence_at(end + 1, true)) end = line_end(end + 1);
    return paragraph_end_ = end;
}

qsizetype SourceLines::line_start(qsizetype at) {
    if (at >= line_from_ && at <= line_to_) return line_from_;
    line_from_ = at == 0 ? 0 : s_.lastIndexOf(u'\n', at - 1) + 1;
    line_to_ = line_end(at);
    return line_from_;
}

bool SourceLines::first_in_line(qsizetype at) {
    return skip_prefix(line_start(at), true) >= at;
}

qsizetype SourceLines::next_fence(qsizetype at) {
    if (at >= fence_from_ && at < next_fence_) return next_fence_;
    fence_from_ = at;
    qsizetype line = line_end(at);
    while (line < n_ && !fence_at(line + 1, true)) line = line_end(line + 1);
    return next_fence_ = line;
}

}  // namespace deepwell::app::rendering
