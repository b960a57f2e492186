#include "engine/prompt/chat_template/builtins/word_wrap.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string_view>

#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

// A stretch of characters, from and to as indices.
struct Chunk {
    std::size_t from = 0, to = 0;
    std::size_t size() const { return to - from; }
};

class Wrapper {
public:
    Wrapper(Evaluator& evaluator, const Text& text, const WrapOptions& options)
        : evaluator_(evaluator), text_(text), options_(options) {
        for (std::size_t i = 0; i < text.size(); i += code_point_length(text.bytes(), i)) {
            starts_.push_back(i);
            characters_.push_back(code_point_at(text.bytes(), i));
        }
        starts_.push_back(text.size());
    }

    std::vector<Text> run() {
        split();
        std::vector<Text> lines;
        std::size_t next = 0;
        while (next < chunks_.size()) {
            evaluator_.step();
            if (!lines.empty() && is_blank(chunks_[next])) {
                ++next;
                continue;
            }
            std::vector<Chunk> line;
            Integer length = 0;
            while (next < chunks_.size() && length + count(chunks_[next]) <= options_.width) {
                length += count(chunks_[next]);
                line.push_back(chunks_[next++]);
            }
            if (next < chunks_.size() && count(chunks_[next]) > options_.width) {
                break_word(line, next, options_.width - length);
            }
            if (!line.empty() && is_blank(line.back())) line.pop_back();
            if (line.empty()) continue;
            lines.push_back(text_.slice(starts_[line.front().from], starts_[line.back().to]));
        }
        return lines;
    }

private:
    static Integer count(const Chunk& chunk) { return static_cast<Integer>(chunk.size()); }

    char32_t at(std::size_t i) const { return i < characters_.size() ? characters_[i] : U'\0'; }
    bool is_blank_at(std::size_t i) const {
        const char32_t c = at(i);
        return i < characters_.size() && (c == ' ' || (c >= '\t' && c <= '\r'));
    }
    bool is_letter(std::size_t i) const {
        const char32_t c = at(i);
        return is_word_character(c) && !u_isdigit(static_cast<UChar32>(c));
    }
    bool is_word(std::size_t i) const { return is_word_character(at(i)); }
    // What may stand in front of a dash between words.
    bool is_word_or_mark(std::size_t i) const {
        return is_word(i) ||
               std::u32string_view(U"!\"'&.,?").find(at(i)) != std::u32string_view::npos;
    }
    bool is_blank(const Chunk& chunk) const {
        for (std::size_t i = chunk.from; i < chunk.to; ++i) {
            if (!is_space(characters_[i])) return false;
        }
        return true;
    }

    // Behind two or more dashes that a word follows; `from` if there are none.
    std::size_t dashes_end(std::size_t from) const {
        std::size_t end = from;
        while (at(end) == '-') ++end;
        return end >= from + 2 && is_word(end) ? end : from;
    }

    // Whether a word may be cut behind its hyphen at `i`: letters around it, two in front.
    bool is_joint(std::size_t i, std::size_t first) const {
        if (at(i) != '-' || i < 2) return false;
        const bool two = is_letter(i - 1) && is_letter(i - 2);
        const bool three = i >= 3 && is_letter(i - 3) && at(i - 2) == '-' && is_word_or_mark(i - 1);
        if (i <= first || (!two && !three)) return false;
        return is_letter(i + 1) && (is_letter(i + 2) || (at(i + 2) == '-' && is_letter(i + 3)));
    }

    std::size_t chunk_end(std::size_t from) const {
        std::size_t end = from;
        if (is_blank_at(from)) {
            while (is_blank_at(end)) ++end;
            return end;
        }
        if (options_.break_on_hyphens && from > 0 && is_word_or_mark(from - 1)) {
            end = dashes_end(from);
            if (end > from) return end;
        }
        for (end = from + 1; end < characters_.size() && !is_blank_at(end); ++end) {
            if (!options_.break_on_hyphens) continue;
            if (is_joint(end, from)) return end + 1;
            if (is_word_or_mark(end - 1) && at(end) == '-' && dashes_end(end) > end) return end;
        }
        return end;
    }

    void split() {
        for (std::size_t from = 0; from < characters_.size();) {
            evaluator_.step();
            const std::size_t end = chunk_end(from);
            chunks_.push_back({from, end});
            from = end;
        }
    }

    // Puts on the line what fits of a word that is longer than any line.
    void break_word(std::vector<Chunk>& line, std::size_t& next, Integer space) {
        Chunk& word = chunks_[next];
        if (!options_.break_long_words) {
            if (line.empty()) line.push_back(chunks_[next++]);
            return;
        }
        std::size_t end = word.from + static_cast<std::size_t>(std::max<Integer>(space, 0));
        if (options_.break_on_hyphens && count(word) > space) {
            std::size_t hyphen = end;
            while (hyphen > word.from && characters_[hyphen - 1] != '-') --hyphen;
            const bool only_hyphens =
                std::all_of(characters_.begin() + static_cast<std::ptrdiff_t>(word.from),
                            characters_.begin() +
                                static_cast<std::ptrdiff_t>(std::max(hyphen, word.from + 1) - 1),
                            [](char32_t c) { return c == '-'; });
            if (hyphen > word.from + 1 && !only_hyphens) end = hyphen;
        }
        line.push_back({word.from, end});
        word.from = end;
        evaluator_.step();
    }

    Evaluator& evaluator_;
    const Text& text_;
    const WrapOptions& options_;
    std::vector<std::size_t> starts_;  // of the characters, in bytes
    std::vector<char32_t> characters_;
    std::vector<Chunk> chunks_;
};

}  // namespace

std::vector<Text> wrapped(Evaluator& evaluator, const Text& line, const WrapOptions& options) {
    return Wrapper(evaluator, line, options).run();
}

}  // namespace deepwell::engine::chat_template
