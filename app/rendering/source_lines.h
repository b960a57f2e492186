// The lines of a Markdown source, as far as they decide where a formula may stand: fences,
// paragraphs, what stands before the first word. Answers are remembered, so that asking at every
// letter stays linear.
#pragma once

#include <QString>
#include <optional>

namespace deepwell::app::rendering {

inline bool is_blank(QChar c) {
    return c == u' ' || c == u'\t';
}
inline bool is_space(QChar c) {
    return is_blank(c) || c == u'\n' || c == u'\r';
}
inline bool is_ascii_letter(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}
inline bool is_ascii_digit(QChar c) {
    return c >= u'0' && c <= u'9';
}

struct Fence {
    QChar mark;
    qsizetype length = 0;
};

class SourceLines {
public:
    // The source outlives this.
    explicit SourceLines(const QString& source) : s_(source), n_(source.size()) {}

    bool at_start(qsizetype at) const { return at == 0 || s_[at - 1] == u'\n'; }
    // Where the line of `at` begins.
    qsizetype line_start(qsizetype at);
    // Nothing but blanks, quote marks and list markers stands before it.
    bool first_in_line(qsizetype at);
    std::optional<Fence> fence_at(qsizetype line, bool opening) const;
    // One past the closing fence's line end, or the end of the text.
    qsizetype fence_end(qsizetype line, Fence fence) const;
    // The end of the paragraph that `at` stands in: a blank line, a fence, the end.
    qsizetype paragraph_end(qsizetype at);
    // The end of the last line before the next fence.
    qsizetype next_fence(qsizetype at);

private:
    qsizetype line_end(qsizetype at) const;
    qsizetype skip_prefix(qsizetype at, bool list_markers) const;
    bool blank_line(qsizetype line) const;

    const QString& s_;
    qsizetype n_ = 0;
    qsizetype paragraph_from_ = 0;
    qsizetype paragraph_end_ = -1;
    qsizetype fence_from_ = 0;
    qsizetype next_fence_ = -1;
    qsizetype line_from_ = 0;
    qsizetype line_to_ = -1;
};

}  // namespace deepwell::app::rendering
