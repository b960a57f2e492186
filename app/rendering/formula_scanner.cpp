#include "app/rendering/formula_scanner.h"

#include <QHash>
#include <QStringList>
#include <algorithm>
#include <array>

#include "app/rendering/money.h"
#include "app/rendering/source_lines.h"

namespace deepwell::app::rendering {
namespace {

// A formula longer than this is no formula: keeps hostile input linear.
constexpr qsizetype kMaxFormula = 8'000;

constexpr std::array kEnvironments = {
    "equation",  "align",    "alignat", "gather",  "multline",    "eqnarray", "flalign", "aligned",
    "alignedat", "gathered", "split",   "cases",   "dcases",      "rcases",   "matrix",  "pmatrix",
    "bmatrix",   "Bmatrix",  "vmatrix", "Vmatrix", "smallmatrix", "array",    "CD"};
// These seven exist with a star as well.
constexpr int kStarred = 7;

bool is_environment(QStringView name) {
    const bool star = name.endsWith(u'*');
    if (star) name.chop(1);
    const auto end = kEnvironments.begin() + (star ? kStarred : kEnvironments.size());
    return std::any_of(kEnvironments.begin(), end,
                       [name](const char* known) { return name == QLatin1StringView(known); });
}

class Scanner {
public:
    explicit Scanner(const QString& source) : s_(source), n_(source.size()), lines_(source) {}

    std::vector<Segment> run() {
        while (i_ < n_) {
            if (lines_.at_start(i_)) {
                if (const auto fence = lines_.fence_at(i_, true)) {
                    add(Segment::Kind::Code, i_, lines_.fence_end(i_, *fence));
                    continue;
                }
            }
            if (!step()) ++i_;
        }
        flush(n_);
        return std::move(out_);
    }

private:
    enum Closer { kParen, kBracket, kDollars, kDollar, kClosers };

    // One step at i_: a code span, a formula, or false for a letter of text.
    bool step() {
        const QChar c = s_[i_];
        if (c == u'`') return code_span();
        if (c == u'\\') return backslash();
        if (c == u'$') return dollars();
        return false;
    }

    bool code_span() {
        qsizetype at = i_;
        while (at < n_ && s_[at] == u'`') ++at;
        const qsizetype length = at - i_;
        const qsizetype end = lines_.paragraph_end(i_);
        while (at < end) {
            if (s_[at] != u'`') {
                ++at;
                continue;
            }
            const qsizetype run = at;
            while (at < end && s_[at] == u'`') ++at;
            if (at - run == length) {
                add(Segment::Kind::Code, i_, at);
                return true;
            }
        }
        i_ += length;
        return true;
    }

    bool backslash() {
        if (i_ + 1 >= n_) return false;
        const QChar next = s_[i_ + 1];
        if (next == u'(' && delimited(kParen)) return true;
        if (next == u'[' && delimited(kBracket)) return true;
        if (next == u'b' && environment()) return true;
        i_ += 2;
        return true;
    }

    // \(…\) and \[…\]
    bool delimited(Closer closer) {
        const qsizetype begin = i_ + 2;
        const QChar mark = closer == kParen ? u')' : u']';
        const bool block = closer == kBracket;
        if (begin < none_before_[closer]) return false;
        const qsizetype end = search_end(begin, block);
        for (qsizetype at = begin; at + 1 < n_ && at < end; ++at) {
            if (s_[at] != u'\\') continue;
            if (s_[at + 1] == mark) {
                return formula(block, begin, at, at + 2);
            }
            ++at;
        }
        none_before_[closer] = end;
        return false;
    }

    // Where the search for a closer must end: the paragraph for inline formulas and for blocks that
    // begin inside a line, a fence for the others.
    qsizetype search_end(qsizetype begin, bool block) {
        const qsizetype limit = std::min(n_, begin + kMaxFormula);
        if (!block) return std::min(limit, lines_.paragraph_end(begin));
        if (lines_.first_in_line(begin - 2)) return std::min(limit, lines_.next_fence(begin));
        // Blank lines right behind the opener are fine.
        qsizetype at = begin;
        while (at < n_ && is_space(s_[at])) ++at;
        qsizetype end = lines_.paragraph_end(at);
        // … and right before the closer.
        qsizetype after = end;
        while (after < n_ && (is_space(s_[after]) || s_[after] == u'>')) ++after;
        if (after > end && after + 1 < n_ &&
            ((s_[after] == u'$' && s_[after + 1] == u'$') ||
             (s_[after] == u'\\' && s_[after + 1] == u']'))) {
            end = after + 2;
        }
        return std::min({limit, end, lines_.next_fence(begin)});
    }

    bool environment() {
        static const QLatin1StringView begin_word("\\begin{");
        if (!QStringView(s_).sliced(i_).startsWith(begin_word)) return false;
        const qsizetype name_at = i_ + begin_word.size();
        const qsizetype name_end = s_.indexOf(u'}', name_at);
        if (name_end < 0 || name_end - name_at > 12) return false;
        const QStringView name = QStringView(s_).sliced(name_at, name_end - name_at);
        if (!is_environment(name)) return false;
        const QString opener = QStringLiteral("\\begin{%1}").arg(name);
        if (i_ < no_environment_before_.value(opener)) return false;
        const QString closer = QStringLiteral("\\end{%1}").arg(name);
        const qsizetype limit =
            std::min({n_, i_ + kMaxFormula,
                      lines_.first_in_line(i_) ? lines_.next_fence(i_) : lines_.paragraph_end(i_)});
        int depth = 1;
        bool closer_seen = false;
        for (qsizetype at = name_end + 1; at < limit; ++at) {
            if (s_[at] != u'\\') continue;
            const QStringView here = QStringView(s_).sliced(at);
            if (here.startsWith(opener)) {
                ++depth;
            } else if (here.startsWith(closer)) {
                closer_seen = true;
                if (--depth == 0) {
                    const qsizetype end = at + closer.size();
                    return formula(true, i_, end, end);
                }
            }
            ++at;
        }
        if (!closer_seen) no_environment_before_[opener] = limit;
        return false;
    }

    bool dollars() {
        qsizetype run = i_;
        while (run < n_ && s_[run] == u'$') ++run;
        const qsizetype length = run - i_;
        if (length == 2 && double_dollar()) return true;
        if (length == 1 && single_dollar()) return true;
        i_ = run;
        return true;
    }

    bool double_dollar() {
        const qsizetype begin = i_ + 2;
        if (begin < none_before_[kDollars]) return false;
        const qsizetype end = search_end(begin, true);
        int depth = 0;
        for (qsizetype at = begin; at < end; ++at) {
            const QChar c = s_[at];
            if (c == u'\\') {
                ++at;
            } else if (c == u'{') {
                ++depth;
            } else if (c == u'}') {
                depth = std::max(0, depth - 1);
            } else if (c == u'$' && depth == 0 && at + 1 < n_ && s_[at + 1] == u'$') {
                return formula(true, begin, at, at + 2);
            }
        }
        none_before_[kDollars] = end;
        return false;
    }

    bool single_dollar() {
        const qsizetype begin = i_ + 1;
        if (begin >= n_ || is_space(s_[begin])) return false;
        if (i_ > 0 && (is_ascii_letter(s_[i_ - 1]) || is_ascii_digit(s_[i_ - 1]))) return false;
        if (begin < none_before_[kDollar]) return false;
        const qsizetype end = search_end(begin, false);
        int depth = 0;
        for (qsizetype at = begin; at < end; ++at) {
            const QChar c = s_[at];
            if (c == u'`') return false;
            if (c == u'\\') {
                ++at;
            } else if (c == u'{') {
                ++depth;
            } else if (c == u'}') {
                depth = std::max(0, depth - 1);
            } else if (c == u'$' && depth == 0) {
                return closes(begin, at) && formula(false, begin, at, at + 1);
            }
        }
        none_before_[kDollar] = end;
        return false;
    }

    bool closes(qsizetype begin, qsizetype at) const {
        if (at == begin || is_space(s_[at - 1])) return false;
        if (at + 1 < n_ && (is_ascii_digit(s_[at + 1]) || s_[at + 1] == u'$')) return false;
        const QStringView content = QStringView(s_).sliced(begin, at - begin);
        const QChar last = content.back();
        if (last == u'/' || last == u'(' || last == u',') return false;
        return !is_money(content);
    }

    bool formula(bool block, qsizetype begin, qsizetype end, qsizetype after) {
        QString tex = inner_text(begin, end);
        const bool trimmed = block || s_[i_] == u'\\';
        if (trimmed) tex = tex.trimmed();
        if (tex.isEmpty()) return false;
        flush(i_);
        out_.push_back({block ? Segment::Kind::BlockFormula : Segment::Kind::InlineFormula, tex,
                        s_.sliced(i_, after - i_)});
        i_ = text_from_ = after;
        return true;
    }

    // Without the carriage returns, and without the quote marks at the start of inner lines.
    QString inner_text(qsizetype begin, qsizetype end) {
        QString text = s_.sliced(begin, end - begin);
        text.replace(QLatin1StringView("\r\n"), QLatin1StringView("\n"));
        if (!text.contains(u'\n') || !in_quote(begin)) return text;
        QStringList lines = text.split(u'\n');
        for (qsizetype k = 1; k < lines.size(); ++k) {
            QString& line = lines[k];
            qsizetype at = 0;
            while (at < line.size() && is_blank(line[at])) ++at;
            if (at < line.size() && line[at] == u'>') {
                ++at;
                if (at < line.size() && line[at] == u' ') ++at;
                line.remove(0, at);
            }
        }
        return lines.join(u'\n');
    }

    bool in_quote(qsizetype at) {
        qsizetype line = lines_.line_start(at);
        while (line < at && is_blank(s_[line])) ++line;
        return line < n_ && s_[line] == u'>';
    }

    void add(Segment::Kind kind, qsizetype begin, qsizetype end) {
        flush(begin);
        out_.push_back({kind, s_.sliced(begin, end - begin), {}});
        i_ = text_from_ = end;
    }

    void flush(qsizetype end) {
        if (end <= text_from_) return;
        out_.push_back({Segment::Kind::Text, s_.sliced(text_from_, end - text_from_), {}});
        text_from_ = end;
    }

    const QString& s_;
    const qsizetype n_;
    SourceLines lines_;
    qsizetype i_ = 0;
    qsizetype text_from_ = 0;
    // A search for this closer that began before failed up to here: no need to search again.
    std::array<qsizetype, kClosers> none_before_{};
    QHash<QString, qsizetype> no_environment_before_;
    std::vector<Segment> out_;
};

}  // namespace

std::vector<Segment> scan_formulas(const QString& source) {
    return Scanner(source).run();
}

}  // namespace deepwell::app::rendering
