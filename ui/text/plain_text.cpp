#include "ui/text/plain_text.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>

namespace deepwell::ui {

void PlainText::setText(const QString& text) {
    if (source_ == text) return;
    source_ = text;
    if (ready()) rewrite();
}

void PlainText::setNoteColor(const QColor& color) {
    if (note_color_ == color) return;
    note_color_ = color;
    rewriteSoon();
}

QTextCharFormat PlainText::charFormat(const QString& line) const {
    QTextCharFormat format;
    if (!note_color_.isValid()) return format;
    if (line.startsWith('#')) format.setFontWeight(QFont::DemiBold);
    if (line.startsWith('>')) format.setForeground(note_color_);
    return format;
}

void PlainText::rewrite() {
    QTextDocument* document = this->text();
    document->clear();
    QTextCursor cursor(document);
    cursor.beginEditBlock();
    bool first = true;
    for (const QString& line : source_.split('\n')) {
        if (first) {
            cursor.setBlockFormat(lineFormat(line));
        } else {
            cursor.insertBlock(lineFormat(line));
        }
        cursor.insertText(line, charFormat(line));
        first = false;
    }
    cursor.endEditBlock();
}

void GrowingText::setText(const QString& text) {
    if (source_ == text) return;
    if (text.startsWith(source_) && !source_.isEmpty()) {
        append(text.mid(source_.size()));
        return;
    }
    source_ = text;
    if (ready()) rewrite();
}

void GrowingText::append(const QString& tail) {
    source_ += tail;
    if (ready()) write(tail);
}

void GrowingText::rewrite() {
    QTextDocument* document = this->text();
    document->clear();
    line_is_empty_ = true;
    gap_ = false;
    QTextCursor(document).setBlockFormat(lineFormat({}));
    write(source_);
}

void GrowingText::write(const QString& tail) {
    QTextCursor cursor(this->text());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    qsizetype start = 0;
    while (start <= tail.size()) {
        qsizetype end = tail.indexOf('\n', start);
        if (end < 0) end = tail.size();
        const QString piece = tail.mid(start, end - start);
        if (!piece.isEmpty()) {
            if (line_is_empty_) {
                QTextBlockFormat format = lineFormat(piece);
                const bool at_top = cursor.block().position() == 0;
                format.setTopMargin(gap_ && !at_top ? line_height_ / 2 - 1 : 0);
                cursor.setBlockFormat(format);
                gap_ = false;
                line_is_empty_ = false;
            }
            cursor.insertText(piece);
        }
        if (end < tail.size()) {
            if (line_is_empty_) {
                gap_ = true;  // one more empty line: still one gap
            } else {
                cursor.insertBlock(lineFormat({}));
                line_is_empty_ = true;
            }
        }
        start = end + 1;
    }
    cursor.endEditBlock();
}

}  // namespace deepwell::ui
