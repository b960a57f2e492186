// Builds StyledText from cmark's inline nodes, and puts formulas back in place of their
// placeholders.
#pragma once

#include <QString>
#include <vector>

#include "app/rendering/block.h"
#include "app/rendering/formula_scanner.h"

struct cmark_node;

namespace deepwell::app::rendering {

// The formulas that were cut out of a source before cmark read it. Formula k stands there as
// U+E000, the number k in decimal, U+E001; these two characters were replaced in the source before.
class Placeholders {
public:
    QString add(Segment formula);                // → the placeholder's text
    QString restore(const QString& text) const;  // placeholders → the formulas' source
    const Segment* at(int number) const;

    struct Piece {
        QString text;
        const Segment* formula = nullptr;  // null: plain text
    };
    std::vector<Piece> split(const QString& text) const;

private:
    std::vector<Segment> formulas_;
};

// Characters that could deceive (controls, bidi overrides) in visible form.
QString made_visible(const QString& text);

// The inline children of `node`. Block formulas among them part the text: what stands between them
// is one StyledText each, so the result has one more text than formulas.
struct InlineResult {
    std::vector<StyledText> texts;
    std::vector<const Segment*> block_formulas;
};
InlineResult inline_text(cmark_node* node, const Placeholders& placeholders, bool part_at_blocks);

}  // namespace deepwell::app::rendering
