// What the types have in common that fill the document of a read-only TextEdit from C++: the
// document, the item, type and line height, and the filter that gives shortcuts back to the window
// (a focused read-only TextEdit of Qt 6.4 takes every Shortcut away).
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QPointer>
#include <QtGui/QFont>
#include <QtGui/QTextBlockFormat>
#include <QtQml/QQmlParserStatus>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickTextDocument>

class QTextDocument;

namespace deepwell::ui {

class DocumentFiller : public QObject, public QQmlParserStatus {
    Q_OBJECT
    Q_INTERFACES(QQmlParserStatus)
    QML_NAMED_ELEMENT(DocumentFiller)
    QML_UNCREATABLE("a base of BlockText, PlainText and GrowingText")
    Q_PROPERTY(QQuickTextDocument* document MEMBER document_ WRITE setDocument REQUIRED)
    Q_PROPERTY(QQuickItem* editor MEMBER editor_ WRITE setEditor REQUIRED)
    Q_PROPERTY(QFont font MEMBER font_ WRITE setFont)
    Q_PROPERTY(qreal lineHeight MEMBER line_height_ WRITE setLineHeight)

public:
    explicit DocumentFiller(QObject* parent = nullptr) : QObject(parent) {}

    void setDocument(QQuickTextDocument* document);
    void setEditor(QQuickItem* editor);
    void setFont(const QFont& font);
    void setLineHeight(qreal height);

    void classBegin() override {}
    void componentComplete() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    // Writes the whole document again: at first, and when type or colours change.
    virtual void rewrite() = 0;
    // Asks for rewrite() once, after the bindings of this turn have settled.
    void rewriteSoon();
    QTextDocument* text() const;
    bool ready() const { return complete_ && text() != nullptr; }
    // Fixed line height and the direction of the first strong letter of `line`.
    QTextBlockFormat lineFormat(const QString& line) const;

    QFont font_;
    qreal line_height_ = 0;
    QPointer<QQuickItem> editor_;

private:
    QPointer<QQuickTextDocument> document_;
    bool complete_ = false;
    bool waiting_ = false;
};

}  // namespace deepwell::ui
