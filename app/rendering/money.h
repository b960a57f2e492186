// Tells prices from formulas between two dollar signs.
#pragma once

#include <QStringView>

namespace deepwell::app::rendering {

// True where `content`, which stands between two dollar signs, reads as money or words: it starts
// with a number and goes on with a word, `*` or `]`; or it has three words and no sign of
// mathematics.
bool is_money(QStringView content);

}  // namespace deepwell::app::rendering
