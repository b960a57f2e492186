// What a person typed and a model wrote, as parts of a Markdown file (exchange.md 3): headings two
// levels down, HTML that no viewer runs, formulas between dollars, code as it is.
#pragma once

#include <string>
#include <string_view>

namespace deepwell::app {

// Without line ends at either end.
std::string answer_markdown(std::string_view answer);
// As typed; two blanks at line ends inside a paragraph, so that a viewer keeps them.
std::string question_markdown(std::string_view question);

// One line of plain text: a title, a file name.
std::string inline_markdown(std::string_view text);
// A code block whose fence is longer than any in the text.
std::string fenced_markdown(std::string_view text);
// Each line behind "> ".
std::string quoted_markdown(std::string_view text);

}  // namespace deepwell::app
