// Markdown's marks taken out of a piece of text: for one line of a search result, where a parser
// would not do, since the piece begins and ends anywhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace deepwell::app {

struct PlainWords {
    std::string text;
    // For each byte of the source, and for its end: where it stands in `text`, or where it would.
    std::vector<std::size_t> places;
};

// Heads, quotes, lists, fences, rules and tables lose what makes them so, and so do strong and
// weak letters, code, links and the frames of formulas; list items get a dot, cells are parted by
// one. Line ends stay. `at_line_start`: the piece begins where a line does.
PlainWords without_markup(std::string_view source, bool at_line_start);

}  // namespace deepwell::app
