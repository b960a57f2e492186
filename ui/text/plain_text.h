// A question as it was typed: nothing is read as Markdown.
#pragma once

#include <QtCore/QTimer>
#include <QtGui/QColor>
#include <QtGui/QTextCharFormat>

#include "ui/text/document_filler.h"

namespace deepwell::ui {

class PlainText : public deepwell::ui::DocumentFiller {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text MEMBER source_ WRITE setText)
    // The source of Markdown, for reading: headings are heavier, quoted lines in this colour.
    // Invalid (the default): every line is like every other.
    Q_PROPERTY(QColor noteColor MEMBER note_color_ WRITE setNoteColor)

public:
    explicit PlainText(QObject* parent = nullptr);
    void setText(const QString& text);
    void setNoteColor(const QColor& color);

protected:
    void rewrite() override;

private:
    QTextCharFormat charFormat(const QString& line) const;
    void writeOn();

    QString source_;
    qsizetype written_ = 0;  // of it; a long text is written over several turns of the event loop
    QTimer next_;
    QColor note_color_;
};

// Text that grows at its end, as a thought does: the tail is written by a cursor, what stands is
// not touched. Empty lines part paragraphs by half a line.
class GrowingText : public deepwell::ui::DocumentFiller {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text MEMBER source_ WRITE setText)

public:
    using DocumentFiller::DocumentFiller;
    void setText(const QString& text);
    void append(const QString& tail);

protected:
    void rewrite() override;

private:
    void write(const QString& tail);

    QString source_;
    bool line_is_empty_ = true;
    bool gap_ = false;  // an empty line was passed: the next paragraph stands apart
};

}  // namespace deepwell::ui
