#include "ui/text/plain_text.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>

namespace deepwell::ui {
namespace {

// Letters in one turn of the event loop: about 15 ms of laying out.
constexpr qsizetype kAtOnce = 25'000;

}  // namespace

PlainText::PlainText(QObject* parent) : deepwell::ui::DocumentFiller(parent) {
    next_.setSingleShot(true);
    next_.setInterval(0);
    connect(&next_, &QTimer::timeout, this, &PlainText::writeOn);
}

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
    this->text()->clear();
    written_ = 0;
    next_.stop();
    writeOn();
}

void PlainText::writeOn() {
    if (!ready()) return;
    QTextCursor cursor(this->text());
    cursor.movePosition(QTextCursor::End);
    cursor.beginEditBlock();
    const qsizetype stop = written_ + kAtOnce;
    while (written_ <= source_.size() && written_ < stop) {
        qsizetype end = source_.indexOf('\n', written_);
        if (end < 0) end = source_.size();
        const QString line = source_.mid(written_, end - written_);
        if (written_ == 0) {
            cursor.setBlockFormat(lineFormat(line));
        } else {
            cursor.insertBlock(lineFormat(line));
        }
        cursor.insertText(line, charFormat(line));
        written_ = end + 1;
    }
    cursor.endEditBlock();
    if (written_ <= source_.size()) next_.start();
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
