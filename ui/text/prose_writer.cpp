#include "ui/text/prose_writer.h"

#include <QtGui/QAbstractTextDocumentLayout>
#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>
#include <QtGui/QTextLayout>
#include <algorithm>
#include <cmath>

namespace deepwell::ui {

using app::rendering::Paragraph;
using app::rendering::Prose;
using app::rendering::Span;
using app::rendering::StyledText;

namespace {

constexpr int kListIndent = 24;
constexpr int kQuoteIndent = 18;
constexpr int kCodeMargin = 5;  // around code in the text, for its frame

// The text cut into stretches of one style, gaps between spans included.
std::vector<Span> stretches(const StyledText& text) {
    std::vector<Span> all;
    int at = 0;
    for (const Span& span : text.spans) {
        if (span.start > at) all.push_back({at, span.start - at, 0, {}});
        if (span.length > 0) all.push_back(span);
        at = span.start + span.length;
    }
    const int size = static_cast<int>(text.text.size());
    if (at < size) all.push_back({at, size - at, 0, {}});
    return all;
}

// How many letters at the beginning are the same in text and style.
int equal_beginning(const StyledText& a, const StyledText& b) {
    const auto left = stretches(a);
    const auto right = stretches(b);
    int equal = 0;
    for (std::size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
        if (left[i].style != right[i].style || left[i].target != right[i].target) return equal;
        const int most = std::min(left[i].length, right[i].length);
        for (int k = 0; k < most; ++k, ++equal) {
            if (a.text[left[i].start + k] != b.text[right[i].start + k]) return equal;
        }
        if (left[i].length != right[i].length) return equal;
    }
    return equal;
}

bool same_frame(const Paragraph& a, const Paragraph& b) {
    return a.kind == b.kind && a.heading_level == b.heading_level && a.list_depth == b.list_depth &&
           a.quote_depth == b.quote_depth && a.marker == b.marker && a.tight == b.tight &&
           a.right_to_left == b.right_to_left;
}

bool is_code(const Span& span) {
    return (span.style & app::rendering::kCode) != 0;
}

bool has_code(const Paragraph& paragraph) {
    return std::any_of(paragraph.content.spans.begin(), paragraph.content.spans.end(), is_code);
}

int marker_length(const Paragraph& paragraph) {
    return paragraph.marker.isEmpty() ? 0 : static_cast<int>(paragraph.marker.size()) + 1;
}

}  // namespace

QTextCharFormat ProseWriter::base_format(const Paragraph& paragraph) const {
    QTextCharFormat format;
    QFont font = style_.font;
    if (paragraph.kind == Paragraph::Kind::Heading) {
        static constexpr int kSizes[] = {20, 18, 15, 15, 15, 15};
        font.setPixelSize(
            qRound(kSizes[std::clamp(paragraph.heading_level, 1, 6) - 1] * style_.factor));
        font.setWeight(QFont::DemiBold);
    }
    format.setFont(font);
    return format;
}

QTextBlockFormat ProseWriter::block_format(const Paragraph& paragraph, bool first,
                                           const Paragraph* next) const {
    QTextBlockFormat format;
    const qreal factor = style_.factor;
    qreal line = style_.line_height;
    qreal above = 0;
    qreal below = next != nullptr && next->tight ? 4 : 12;
    if (paragraph.kind == Paragraph::Kind::Heading) {
        static constexpr int kLines[] = {28, 26, 24, 24, 24, 24};
        line = kLines[std::clamp(paragraph.heading_level, 1, 6) - 1] * factor;
        above = first ? 0 : 8;
        below = paragraph.heading_level <= 2 ? 8 : 5;
    }
    // Fixed, or code in the text would push its line apart.
    format.setLineHeight(line, QTextBlockFormat::FixedHeight);
    format.setTopMargin(above);
    format.setBottomMargin(next == nullptr ? 0 : below);
    const qreal indent =
        paragraph.quote_depth * kQuoteIndent + paragraph.list_depth * kListIndent * factor;
    if (paragraph.right_to_left) {
        format.setRightMargin(indent);
    } else {
        format.setLeftMargin(indent);
    }
    if (!paragraph.marker.isEmpty()) {
        format.setTextIndent(-kListIndent * factor);
        format.setTabPositions({QTextOption::Tab(kListIndent * factor, QTextOption::LeftTab)});
    }
    format.setLayoutDirection(paragraph.right_to_left ? Qt::RightToLeft : Qt::LeftToRight);
    return format;
}

void ProseWriter::write_from(QTextCursor& cursor, const Paragraph& paragraph,
                             qsizetype start) const {
    using namespace app::rendering;
    const QTextCharFormat base = base_format(paragraph);
    const auto all = stretches(paragraph.content);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Span& span = all[i];
        const qsizetype from = std::max<qsizetype>(span.start, start);
        const qsizetype end = span.start + span.length;
        if (from >= end) continue;
        QTextCharFormat format = base;
        if (span.style & kBold) format.setFontWeight(QFont::DemiBold);
        if (span.style & kItalic) format.setFontItalic(true);
        if (span.style & kStrikethrough) format.setFontStrikeOut(true);
        if (span.style & (kCode | kFormula)) {
            QFont font = style_.code_font;
            font.setPixelSize(qRound(13.5 * style_.factor));
            format.setFont(font);
        }
        if (span.style & kLink) {
            format.setAnchor(true);
            format.setAnchorHref(span.target);
            format.setForeground(style_.link);
            format.setFontUnderline(true);
        }
        // Room for the frame of code: behind the letter before it, and behind its last one.
        const bool spaced = is_code(span) || (i + 1 < all.size() && is_code(all[i + 1]));
        const QString piece = paragraph.content.text.mid(from, end - from);
        const qsizetype last = !spaced ? 0
                               : piece.back().isLowSurrogate()
                                   ? std::min<qsizetype>(2, piece.size())
                                   : 1;
        cursor.insertText(piece.left(piece.size() - last), format);
        if (spaced) {
            QFont font = format.font();
            font.setLetterSpacing(QFont::AbsoluteSpacing, kCodeMargin * style_.factor);
            format.setFont(font);
            cursor.insertText(piece.right(last), format);
        }
    }
}

void ProseWriter::rewrite(QTextDocument& document, const Prose& prose, const ProseStyle& style) {
    style_ = style;
    written_ = {};
    document.clear();
    update(document, prose, style);
}

void ProseWriter::update(QTextDocument& document, const Prose& prose, const ProseStyle& style) {
    style_ = style;
    const auto& before = written_.paragraphs;
    const auto& after = prose.paragraphs;
    if (before == after) return;
    std::size_t equal = 0;
    while (equal < before.size() && equal < after.size() && before[equal] == after[equal]) ++equal;

    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    // What stays of the first paragraph that differs.
    int kept = -1;
    if (equal < before.size()) {
        const QTextBlock block = document.findBlockByNumber(static_cast<int>(equal));
        if (equal < after.size() && same_frame(before[equal], after[equal])) {
            kept = equal_beginning(before[equal].content, after[equal].content);
            // The room beside code belongs to the letter that stood last.
            if (has_code(after[equal])) kept = std::max(0, kept - 2);
        }
        const int from = block.position() + (kept < 0 ? 0 : marker_length(before[equal]) + kept);
        // With paragraphs that are gone goes the line end before them.
        const bool nothing_left = equal >= after.size() && equal > 0;
        cursor.setPosition(nothing_left ? from - 1 : from);
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    }
    cursor.movePosition(QTextCursor::End);
    // The one before may have become the last, or no longer be it: its space below.
    if (equal > 0) {
        const QTextBlock block = document.findBlockByNumber(static_cast<int>(equal) - 1);
        const QTextBlockFormat format = block_format(
            after[equal - 1], equal == 1, equal < after.size() ? &after[equal] : nullptr);
        if (block.blockFormat() != format) QTextCursor(block).setBlockFormat(format);
    }
    for (std::size_t i = equal; i < after.size(); ++i) {
        const Paragraph& paragraph = after[i];
        const bool here = i == equal && (equal < before.size() || equal == 0);
        const auto format =
            block_format(paragraph, i == 0, i + 1 < after.size() ? &after[i + 1] : nullptr);
        if (here) {
            if (cursor.blockFormat() != format) cursor.setBlockFormat(format);
        } else {
            cursor.insertBlock(format);
        }
        const bool goes_on = here && kept >= 0;
        if (!goes_on && !paragraph.marker.isEmpty()) {
            cursor.insertText(paragraph.marker + '\t', base_format(paragraph));
        }
        write_from(cursor, paragraph, goes_on ? kept : 0);
    }
    cursor.endEditBlock();
    written_ = prose;
}

std::vector<QRectF> ProseWriter::quotes(QTextDocument& document) const {
    std::vector<QRectF> rects;
    int deepest = 0;
    for (const Paragraph& paragraph : written_.paragraphs) {
        deepest = std::max(deepest, paragraph.quote_depth);
    }
    for (int depth = 1; depth <= deepest; ++depth) {
        QRectF open;
        for (std::size_t i = 0; i <= written_.paragraphs.size(); ++i) {
            const bool inside =
                i < written_.paragraphs.size() && written_.paragraphs[i].quote_depth >= depth;
            if (inside) {
                QRectF box = document.documentLayout()->blockBoundingRect(
                    document.findBlockByNumber(static_cast<int>(i)));
                box = QRectF((depth - 1) * kQuoteIndent, box.y(), 2, box.height());
                open = open.isNull() ? box : open.united(box);
            } else if (!open.isNull()) {
                rects.push_back(open);
                open = {};
            }
        }
    }
    return rects;
}

std::vector<QRectF> ProseWriter::code(QTextDocument& document) const {
    std::vector<QRectF> rects;
    const qreal margin = kCodeMargin * style_.factor - 1;
    for (std::size_t i = 0; i < written_.paragraphs.size(); ++i) {
        const Paragraph& paragraph = written_.paragraphs[i];
        if (!has_code(paragraph)) continue;
        const QTextBlock block = document.findBlockByNumber(static_cast<int>(i));
        document.documentLayout()->blockBoundingRect(block);  // lays it out
        const QTextLayout* layout = block.layout();
        for (const Span& span : paragraph.content.spans) {
            if (!is_code(span)) continue;
            const int start = marker_length(paragraph) + span.start;
            const int end = start + span.length;
            for (int k = 0; k < layout->lineCount(); ++k) {
                const QTextLine line = layout->lineAt(k);
                const int from = std::max(start, line.textStart());
                const int to = std::min(end, line.textStart() + line.textLength());
                if (from >= to) continue;
                const qreal a = line.cursorToX(from);
                const qreal b = line.cursorToX(to);
                const QRectF box(std::min(a, b), line.y(), std::abs(b - a), line.height());
                rects.push_back(
                    box.translated(layout->position()).adjusted(-margin, 0, to == end ? -1 : 0, 0));
            }
        }
    }
    return rects;
}

QString styled_html(const StyledText& text, const ProseStyle& style) {
    using namespace app::rendering;
    QString html;
    for (const Span& span : stretches(text)) {
        QString piece = text.text.mid(span.start, span.length).toHtmlEscaped();
        piece.replace(QChar::LineSeparator, QStringLiteral("<br>"));
        if (span.style & (kCode | kFormula)) {
            piece = QStringLiteral("<span style=\"font-family:'%1'\">%2</span>")
                        .arg(style.code_font.family(), piece);
        }
        if (span.style & kBold) piece = "<b>" + piece + "</b>";
        if (span.style & kItalic) piece = "<i>" + piece + "</i>";
        if (span.style & kStrikethrough) piece = "<s>" + piece + "</s>";
        if (span.style & kLink) {
            piece = QStringLiteral("<a href=\"%1\" style=\"color:%2\">%3</a>")
                        .arg(span.target.toHtmlEscaped(), style.link.name(), piece);
        }
        html += piece;
    }
    return html;
}

}  // namespace deepwell::ui
