// Titles of conversations.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::app {

// From the first question: one line, blanks collapsed, control and bidi characters out, cut at 60
// characters (graphemes) with "…". Never has think tags in it. Empty where nothing readable is
// left: the window then says "New conversation".
std::string title_from_question(std::string_view question);

// What a user, a model or a file gave as a title, as one clean line; think blocks and lone tags
// out.
std::string clean_title(std::string_view title);

}  // namespace deepwell::app
