// Markdown (the GitHub dialect, by cmark-gfm) to blocks.
//
// Made for text that is still being written: the same beginning gives the same first blocks, what
// is unfinished is text (an unclosed `**`, a formula without its end, a line that may become a
// table's head), and an open fence is code from its first line. What a model writes is hostile
// input: HTML is shown as text, images are never fetched (their description and address stand in
// the text), control characters and bidi overrides are made visible.
#pragma once

#include <QString>

#include "app/rendering/block.h"

namespace deepwell::app::rendering {

struct MarkdownOptions {
    bool still_open = false;  // more text may follow: hold back a last line that begins with `|`
};

// Any thread; a few ms for 20 kB. Never fails: what cannot be understood is prose.
Blocks parse_markdown(const QString& source, MarkdownOptions options = {});

// The visible text of blocks, for screen readers, plain copies and word counts.
QString plain_text(const Blocks& blocks);

}  // namespace deepwell::app::rendering
