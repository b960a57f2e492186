// Fills the document of a TextEdit from one block of an answer: prose, code or a formula's source.
// A block that only grew is written on at its end; what stands is not touched.
#pragma once

#include <QtCore/QVariant>
#include <QtGui/QColor>

#include "app/rendering/block.h"
#include "ui/text/document_filler.h"
#include "ui/text/prose_writer.h"

Q_DECLARE_METATYPE(deepwell::app::rendering::Block)

namespace deepwell::ui {

class BlockText : public deepwell::ui::DocumentFiller {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QVariant block MEMBER value_ WRITE setBlock)
    Q_PROPERTY(QFont codeFont MEMBER code_font_ WRITE setCodeFont)
    Q_PROPERTY(qreal factor MEMBER factor_ WRITE setFactor)
    Q_PROPERTY(QColor linkColor MEMBER link_ WRITE setLinkColor)
    Q_PROPERTY(QList<QColor> codeColors MEMBER code_colors_ WRITE setCodeColors)
    Q_PROPERTY(int maximumLines MEMBER maximum_lines_ WRITE setMaximumLines)
    Q_PROPERTY(QList<QRectF> quotes READ quotes NOTIFY quotesChanged)
    Q_PROPERTY(QList<QRectF> codeFrames READ codeFrames NOTIFY codeFramesChanged)
    Q_PROPERTY(QString language READ language NOTIFY codeChanged)
    Q_PROPERTY(int lines READ lines NOTIFY codeChanged)
    Q_PROPERTY(int hiddenLines READ hiddenLines NOTIFY codeChanged)

public:
    explicit BlockText(QObject* parent = nullptr) : DocumentFiller(parent) {}

    void setBlock(const QVariant& block);
    void setCodeFont(const QFont& font);
    void setFactor(qreal factor);
    void setLinkColor(const QColor& color);
    void setCodeColors(const QList<QColor>& colors);
    void setMaximumLines(int lines);  // 0: all; else of code with more than 400 lines

    QList<QRectF> quotes() const { return quotes_; }
    QList<QRectF> codeFrames() const { return code_frames_; }  // around code within prose
    QString language() const;
    int lines() const { return lines_; }
    int hiddenLines() const { return hidden_lines_; }

    // The whole source of a code block, also what is folded away.
    Q_INVOKABLE void copyAll() const;

    void componentComplete() override;

signals:
    void quotesChanged();
    void codeFramesChanged();
    void codeChanged();

protected:
    void rewrite() override;

private:
    ProseStyle style() const;
    void measure();
    void writeCode(const QString& code, bool again);

    QVariant value_;
    app::rendering::Block block_;
    QFont code_font_;
    qreal factor_ = 1;
    QColor link_;
    QList<QColor> code_colors_;
    int maximum_lines_ = 0;

    ProseWriter prose_;
    QList<QRectF> quotes_;
    QList<QRectF> code_frames_;
    QString written_code_;
    int lines_ = 0;
    int hidden_lines_ = 0;
};

}  // namespace deepwell::ui
