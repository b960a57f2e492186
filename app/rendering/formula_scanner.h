// Cuts a Markdown source into text, code and formulas, before anything else reads it.
//
// The rules are these: fences and code spans
// first, then \( \), \[ \], bare environments, $$ and $, where money stays text. What is not closed
// is text, so a stream shows the source until the closing delimiter comes.
#pragma once

#include <QString>
#include <vector>

namespace deepwell::app::rendering {

struct Segment {
    enum class Kind { Text, Code, InlineFormula, BlockFormula };
    Kind kind = Kind::Text;
    QString text;    // text and code: the exact source; formulas: the TeX between the delimiters
    QString source;  // formulas: with their delimiters, as written
    bool operator==(const Segment&) const = default;
};

// Linear in the length of `source` but for formulas that never close. Adjacent segments of the kind
// Text are joined; the texts of text and code segments and the sources of formulas give `source`.
std::vector<Segment> scan_formulas(const QString& source);

}  // namespace deepwell::app::rendering
