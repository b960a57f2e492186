// Prose into a text document, and its changes with as little writing as possible: paragraphs that
// are equal stay, in the first that differs the equal beginning stays, the rest is written anew.
#pragma once

#include <QtCore/QRectF>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <vector>

#include "app/rendering/block.h"

class QTextBlockFormat;
class QTextCharFormat;
class QTextCursor;
class QTextDocument;

namespace deepwell::ui {

struct ProseStyle {
    QFont font;
    QFont code_font;
    qreal line_height = 24;
    qreal factor = 1;  // of the text size
    QColor link;
};

class ProseWriter {
public:
    // Everything again, after a change of the style.
    void rewrite(QTextDocument& document, const app::rendering::Prose& prose,
                 const ProseStyle& style);
    // From what was written last to `prose`.
    void update(QTextDocument& document, const app::rendering::Prose& prose,
                const ProseStyle& style);
    // The rules beside quotes, in the document's coordinates; the document must be laid out.
    std::vector<QRectF> quotes(QTextDocument& document) const;
    // Where code stands in the text, a rectangle a line: its frame is drawn there.
    std::vector<QRectF> code(QTextDocument& document) const;

private:
    QTextBlockFormat block_format(const app::rendering::Paragraph& paragraph, bool first,
                                  const app::rendering::Paragraph* next) const;
    QTextCharFormat base_format(const app::rendering::Paragraph& paragraph) const;
    void write_from(QTextCursor& cursor, const app::rendering::Paragraph& paragraph,
                    qsizetype start) const;

    ProseStyle style_;
    app::rendering::Prose written_;
};

// `text` as the HTML of Qt's rich text, for table cells.
QString styled_html(const app::rendering::StyledText& text, const ProseStyle& style);

}  // namespace deepwell::ui
