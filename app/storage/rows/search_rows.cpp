#include "app/storage/rows/search_rows.h"

#include <algorithm>

#include "app/base/utf8.h"
#include "app/storage/rows/plain_words.h"
#include "app/storage/sqlite/tokenizer.h"

namespace deepwell::app {
namespace {

constexpr std::size_t kBefore = 60;  // bytes shown before the first match
constexpr std::size_t kAround = 240;
constexpr std::size_t kAtLeast = 70;
constexpr std::size_t kSearched = 4 * 1024 * 1024;  // of one text, for the snippet alone

std::vector<std::string> words_of(std::string_view typed) {
    std::vector<std::string> words;
    std::string word;
    const auto give = [&] {
        bool any = false;
        tokenize(word, [&](const Token&) {
            any = true;
            return false;
        });
        if (any) words.push_back(word);
        word.clear();
    };
    for (const char c : typed) {
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0') {
            give();
        } else {
            word += c;
        }
    }
    give();
    return words;
}

std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    tokenize(text, [&](const Token& token) {
        tokens.push_back(token);
        return true;
    });
    return tokens;
}

// A word as the tokens that follow one another; the last token of the last word is a beginning.
struct Phrase {
    std::vector<std::string> tokens;
    bool beginning = false;
};

std::vector<Phrase> phrases_of(std::string_view typed) {
    std::vector<Phrase> phrases;
    for (const auto& word : words_of(typed)) {
        Phrase phrase;
        for (auto& token : tokens_of(word)) phrase.tokens.push_back(std::move(token.text));
        phrases.push_back(std::move(phrase));
    }
    if (!phrases.empty()) phrases.back().beginning = true;
    return phrases;
}

bool stands_at(const Phrase& phrase, const std::vector<Token>& tokens, std::size_t at) {
    if (at + phrase.tokens.size() > tokens.size()) return false;
    for (std::size_t i = 0; i < phrase.tokens.size(); ++i) {
        const bool last = i + 1 == phrase.tokens.size();
        const auto& token = tokens[at + i].text;
        if (last && phrase.beginning ? !token.starts_with(phrase.tokens[i])
                                     : token != phrase.tokens[i]) {
            return false;
        }
    }
    return true;
}

bool covers(const Phrase& phrase, const std::vector<Token>& tokens) {
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        if (stands_at(phrase, tokens, at)) return true;
    }
    return false;
}

void search_titles(Database& database, const SearchQuery& query, std::vector<SearchHit>& hits) {
    const auto phrases = phrases_of(query.text);
    Query rows(database,
               "SELECT uuid, title, updated FROM conversations WHERE deleted IS NULL "
               "ORDER BY seq DESC");
    while (rows.next() && static_cast<int>(hits.size()) < query.limit) {
        const auto title = rows.text(1);
        const auto tokens = tokens_of(title);
        if (!std::all_of(phrases.begin(), phrases.end(),
                         [&](const Phrase& phrase) { return covers(phrase, tokens); })) {
            continue;
        }
        auto snippet = cut_snippet(title, query.text, Markup::Written);
        hits.push_back({{rows.text(0), ""},
                        title,
                        SearchHit::Place::Title,
                        std::move(snippet.text),
                        std::move(snippet.matches),
                        rows.optional_number(2)});
    }
}

struct Cut {
    std::size_t start = 0;
    std::string_view text;
};

// From the beginning of the hit's line, or of a word in it, to a line's or a word's end.
Cut cut_around(std::string_view whole, const TextRange& hit) {
    auto start = hit.start > kBefore ? hit.start - kBefore : 0;
    const auto before = whole.substr(start, hit.start - start);
    if (const auto line = before.rfind('\n'); line != std::string_view::npos) {
        start += line + 1;
    } else if (start > 0) {
        const auto word = before.find(' ');
        if (word != std::string_view::npos) start += word + 1;
    }
    while (start > 0 && (static_cast<unsigned char>(whole[start]) & 0xC0) == 0x80) --start;
    auto text = cut_utf8(whole.substr(start), kAround);
    const auto least = std::max(kAtLeast, hit.start + hit.length - start);
    if (const auto line = text.find('\n', least); line != std::string_view::npos) {
        text = text.substr(0, line);
    } else if (start + text.size() < whole.size()) {
        const auto word = text.rfind(' ');
        if (word != std::string_view::npos && word >= least) text = text.substr(0, word);
    }
    return {start, text};
}

// Without marks, if they are marks; line ends and runs of blanks are one blank.
PlainWords one_line(std::string_view cut, bool markdown, bool at_line_start) {
    PlainWords words;
    if (markdown) {
        words = without_markup(cut, at_line_start);
    } else {
        words.text = cut;
        for (std::size_t at = 0; at <= cut.size(); ++at) words.places.push_back(at);
    }
    std::string line;
    std::vector<std::size_t> moved(words.text.size() + 1);
    for (std::size_t at = 0; at < words.text.size(); ++at) {
        const char c = words.text[at];
        const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        moved[at] = line.size();
        if (!blank) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    moved[words.text.size()] = line.size();
    for (auto& place : words.places) place = moved[place];
    words.text = std::move(line);
    return words;
}

}  // namespace

std::string fts_expression(std::string_view typed) {
    std::string expression;
    for (const auto& word : words_of(typed)) {
        if (!expression.empty()) expression += " AND ";
        expression += '"';
        for (const char c : word) {
            if (c == '"') expression += '"';
            expression += c;
        }
        expression += '"';
    }
    if (!expression.empty()) expression += " *";
    return expression;
}

Snippet cut_snippet(std::string_view text, std::string_view typed, Markup markup) {
    Snippet snippet;
    const auto whole = cut_utf8(text, kSearched);
    const auto phrases = phrases_of(typed);
    const auto tokens = tokens_of(whole);
    std::vector<TextRange> ranges;  // of the source
    std::vector<bool> seen(phrases.size(), false);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        for (std::size_t p = 0; p < phrases.size(); ++p) {
            if (!stands_at(phrases[p], tokens, at)) continue;
            const auto last = at + phrases[p].tokens.size() - 1;
            ranges.push_back({tokens[at].start, tokens[last].end - tokens[at].start});
            seen[p] = true;
            break;
        }
    }
    snippet.found = static_cast<int>(std::count(seen.begin(), seen.end(), true));
    if (ranges.empty()) return snippet;

    const auto [start, cut] = cut_around(whole, ranges.front());
    const bool line_start = start == 0 || whole[start - 1] == '\n';
    const auto line = one_line(cut, markup == Markup::Markdown, line_start);
    if (!line_start) snippet.text = "…";
    const auto shift = snippet.text.size();
    snippet.text += line.text;
    for (const auto& range : ranges) {
        if (range.start + range.length > start + cut.size()) break;
        const auto from = line.places[range.start - start];
        const auto to = line.places[range.start - start + range.length];
        if (to > from) snippet.matches.push_back({from + shift, to - from});
    }
    const auto end = start + cut.size();
    if (end < whole.size() && whole[end] != '\n') snippet.text += "…";
    return snippet;
}

std::vector<SearchHit> search(Database& database, const SearchQuery& query) {
    std::vector<SearchHit> hits;
    const auto expression = fts_expression(query.text);
    if (expression.empty()) return hits;
    if (query.titles) search_titles(database, query, hits);
    std::string columns;
    for (const auto& [wanted, column] :
         {std::pair(query.questions, " question"), std::pair(query.answers, " answer"),
          std::pair(query.thoughts, " thought")}) {
        if (wanted) columns += column;
    }
    if (columns.empty()) return hits;

    Query rows(database,
               "SELECT c.uuid, m.uuid, c.title, m.role, m.answer, m.thought, m.created "
               "FROM search JOIN messages m ON m.pk = search.rowid "
               "JOIN conversations c ON c.pk = m.conversation "
               "WHERE search MATCH ? AND m.deleted IS NULL AND c.deleted IS NULL "
               "ORDER BY search.rank LIMIT ?");
    rows.bind("{" + columns + " }: (" + expression + ")");
    rows.bind(std::max(0, query.limit - static_cast<int>(hits.size())));
    while (rows.next()) {
        SearchHit hit;
        hit.where = {rows.text(0), rows.text(1)};
        hit.title = rows.text(2);
        hit.created = rows.optional_number(6);
        const bool question = rows.text(3) == "user";
        hit.place = question ? SearchHit::Place::Question : SearchHit::Place::Answer;
        Snippet best;
        if (question || query.answers) {
            best = cut_snippet(rows.text(4), query.text,
                               question ? Markup::Written : Markup::Markdown);
        }
        if (!question && query.thoughts) {
            auto thought =
                cut_snippet(rows.optional_text(5).value_or(""), query.text, Markup::Markdown);
            if (thought.found > best.found) {
                best = std::move(thought);
                hit.place = SearchHit::Place::Thought;
            }
        }
        hit.snippet = std::move(best.text);
        hit.matches = std::move(best.matches);
        hits.push_back(std::move(hit));
    }
    return hits;
}

}  // namespace deepwell::app
