// Search over titles and texts. Throws (failure.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/storage/sqlite/database.h"
#include "app/storage/store_values.h"

namespace deepwell::app {

std::vector<SearchHit> search(Database& database, const SearchQuery& query);

// What a user types, as an FTS5 expression: each word a quoted phrase, all wanted, the last one a
// beginning. Empty where there is no word in it.
std::string fts_expression(std::string_view typed);

// Written: as somebody typed it. Markdown: a model's, whose marks are left out.
enum class Markup { Written, Markdown };

// One line of about 160 characters around the first place in `text` where `typed` is found, with
// the places of all its words in it; empty where no word is found. `found`: how many of the words.
struct Snippet {
    std::string text;
    std::vector<TextRange> matches;
    int found = 0;
};
Snippet cut_snippet(std::string_view text, std::string_view typed, Markup markup);

}  // namespace deepwell::app
