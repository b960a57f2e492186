// Colours for code: a small lexer for the families of languages that models write most. It knows
// comments, strings, numbers, keywords and calls; what it does not know stays plain.
#pragma once

#include <QtCore/QString>
#include <vector>

namespace deepwell::ui {

struct CodeSpan {
    enum class Kind { Keyword, String, Number, Comment, Function };
    qsizetype start = 0;
    qsizetype length = 0;
    Kind kind = Kind::Keyword;
};

// `language` as the fence names it. Ascending, without overlaps; linear in the code's length.
std::vector<CodeSpan> code_spans(const QString& code, const QString& language);

}  // namespace deepwell::ui
