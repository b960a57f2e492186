#include "ui/text/document_filler.h"

#include <QtCore/QEvent>
#include <QtGui/QTextDocument>

namespace deepwell::ui {

void DocumentFiller::setDocument(QQuickTextDocument* document) {
    document_ = document;
    rewriteSoon();
}

void DocumentFiller::setEditor(QQuickItem* editor) {
    if (editor_) editor_->removeEventFilter(this);
    editor_ = editor;
    if (editor_) editor_->installEventFilter(this);
}

void DocumentFiller::setFont(const QFont& font) {
    if (font_ == font) return;
    font_ = font;
    rewriteSoon();
}

void DocumentFiller::setLineHeight(qreal height) {
    if (line_height_ == height) return;
    line_height_ = height;
    rewriteSoon();
}

void DocumentFiller::componentComplete() {
    complete_ = true;
    if (QTextDocument* document = text()) {
        document->setUndoRedoEnabled(false);
        document->setDocumentMargin(0);
        rewrite();
    }
}

bool DocumentFiller::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        event->ignore();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void DocumentFiller::rewriteSoon() {
    if (!complete_ || waiting_) return;
    waiting_ = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            waiting_ = false;
            if (ready()) rewrite();
        },
        Qt::QueuedConnection);
}

QTextDocument* DocumentFiller::text() const {
    return document_ ? document_->textDocument() : nullptr;
}

QTextBlockFormat DocumentFiller::lineFormat(const QString& line) const {
    QTextBlockFormat format;
    if (line_height_ > 0) format.setLineHeight(line_height_, QTextBlockFormat::FixedHeight);
    format.setLayoutDirection(line.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    return format;
}

}  // namespace deepwell::ui
