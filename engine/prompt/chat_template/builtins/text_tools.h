// What filters and methods on text share. Origins of bytes are kept throughout.
#pragma once

#include <string>
#include <vector>

#include "engine/prompt/chat_template/evaluator.h"
#include "engine/prompt/chat_template/text.h"
#include "engine/prompt/chat_template/value.h"

namespace deepwell::engine::chat_template {

// Cuts white space (characters: none) or the given set of characters off the ends.
Text stripped(const Text& text, const Value& characters, bool left, bool right);
// count < 0: all.
Text replaced(Evaluator& evaluator, const Text& text, const Text& old, const Text& by,
              Integer count);
// Lines, with or without their ends; any of Python's line ends.
std::vector<Text> lines_of(const Text& text, bool keep_ends);
// Parts between runs of white space; `most` cuts, or all if below 0.
std::vector<Text> words_of(const Text& text, Integer most);
std::vector<Text> words_from_right(const Text& text, Integer most);
// Parts between separators. Fails with Value if the separator is empty.
std::vector<Text> parts_of(Evaluator& evaluator, const Text& text, const Text& separator,
                           Integer most);
std::vector<Text> parts_from_right(Evaluator& evaluator, const Text& text, const Text& separator,
                                   Integer most);

enum class Side { Left, Right, Both };
// Fills up to `width` characters on that side.
Text padded(Evaluator& evaluator, const Text& text, Integer width, const Text& fill, Side side);
// So many blanks (none if below 0), within the limits.
std::string spaces(Evaluator& evaluator, Integer count);
bool is_word_character(char32_t c);
Value list_of(Evaluator& evaluator, const std::vector<Text>& texts);

}  // namespace deepwell::engine::chat_template
