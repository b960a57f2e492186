// Filters that Jinja2 has for pages and mails: xmlattr, urlize, wordwrap.
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "engine/prompt/chat_template/builtins/markup.h"
#include "engine/prompt/chat_template/builtins/parameters.h"
#include "engine/prompt/chat_template/builtins/tables.h"
#include "engine/prompt/chat_template/builtins/text_tools.h"
#include "engine/prompt/chat_template/builtins/word_wrap.h"
#include "engine/prompt/chat_template/operations.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

Value wordwrap(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("wordwrap", arguments,
                       {"width", "break_long_words", "wrapstring", "break_on_hyphens"});
    if (self.is_undefined()) self.fail_undefined();
    if (!self.is(Type::String)) {
        raise(Kind::Undefined,
              "'" + std::string(type_name(self)) + " object' has no attribute 'splitlines'");
    }
    WrapOptions options;
    options.width = p.integer(0, 79);
    options.break_long_words = p.flag(1, true);
    options.break_on_hyphens = p.flag(3, true);
    const Text between = p[2].is(Type::None) ? Text("\n") : p.text(2);
    Text result;
    bool is_first = true;
    for (const Text& line : lines_of(self.as_text(), false)) {
        if (!is_first) result.append(between);
        is_first = false;
        if (options.width <= 0) raise(Kind::Value, "invalid width (must be > 0)");
        bool starts_line = true;
        for (const Text& part : wrapped(e, line, options)) {
            if (!starts_line) result.append(between);
            starts_line = false;
            result.append(part);
            e.check_size(result.size());
        }
    }
    return e.string(std::move(result));
}

Value xmlattr(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("xmlattr", arguments, {"autospace"});
    if (self.is_undefined()) self.fail_undefined();
    if (!self.is(Type::Mapping)) {
        raise(Kind::Undefined,
              "'" + std::string(type_name(self)) + " object' has no attribute 'items'");
    }
    Text result;
    for (const auto& [key, value] : self.mapping().entries) {
        e.step();
        if (value.is(Type::None) || value.is_undefined()) continue;
        const Text name = text_of(e, key);
        for (const char byte : name.bytes()) {
            if (is_space(static_cast<unsigned char>(byte)) || byte == '/' || byte == '>' ||
                byte == '=') {
                raise(Kind::Value,
                      "Invalid character in attribute name: " + repr_of(e, key).bytes());
            }
        }
        if (!result.empty() || p.flag(0, true)) result.append(" ");
        result.append(as_markup(e, key));
        result.append("=\"");
        result.append(as_markup(e, value));
        result.append("\"");
        e.check_size(result.size());
    }
    return e.string(std::move(result));
}

// One pattern, searched in words of a text.
class Pattern {
public:
    explicit Pattern(const char* pattern) {
        UErrorCode status = U_ZERO_ERROR;
        compiled_.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(pattern),
                                                   UREGEX_CASE_INSENSITIVE, error_, status));
    }

    bool matches(std::string_view text) const {
        if (!compiled_) return false;
        UErrorCode status = U_ZERO_ERROR;
        const icu::UnicodeString units = icu::UnicodeString::fromUTF8(
            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
        const std::unique_ptr<icu::RegexMatcher> matcher(compiled_->matcher(units, status));
        if (U_FAILURE(status)) return false;
        matcher->setTimeLimit(20, status);  // a word made to take long is no address
        const bool found = matcher->matches(status) != 0;
        return U_SUCCESS(status) && found;
    }

private:
    UParseError error_{};
    std::unique_ptr<icu::RegexPattern> compiled_;
};

bool is_address(std::string_view word) {
    static const Pattern pattern(
        R"(((https?://|www\.)(([\w%-]+\.)+)?([a-z]{2,63}|xn--[\w%]{2,59})|([\w%-]{2,63}\.)+(com|net|int|edu|gov|org|info|mil)|(https?://)((\d{1,3}(\.\d{1,3}){3})|(\[([\da-f]{0,4}:){2}([\da-f]{0,4}:?){1,6}\])))(:\d{1,5})?([/?#]\S*)?)");
    return pattern.matches(word);
}

bool is_mail(std::string_view word) {
    static const Pattern pattern(R"(\S+@\w[\w.-]*\.\w+)");
    return pattern.matches(word);
}

std::size_t occurrences(std::string_view text, std::string_view wanted) {
    std::size_t count = 0;
    for (std::size_t i = text.find(wanted); i != std::string_view::npos;
         i = text.find(wanted, i + wanted.size())) {
        ++count;
    }
    return count;
}

struct LinkStyle {
    std::string attributes;
    Integer longest = -1;  // of the shown text, in characters
};

std::string shown(const std::string& address, const LinkStyle& style) {
    if (style.longest < 0 || static_cast<Integer>(code_point_count(address)) <= style.longest) {
        return address;
    }
    return address.substr(0, code_point_offset(address, static_cast<std::size_t>(style.longest))) +
           "...";
}

std::string link(const std::string& target, const std::string& attributes,
                 const std::string& text) {
    return "<a href=\"" + target + "\"" + attributes + ">" + text + "</a>";
}

// One word of escaped text, with what is an address in it made a link.
std::string linked(const std::string& word, const LinkStyle& style) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPairs = {
        {{"(", ")"}, {"<", ">"}, {"&lt;", "&gt;"}}};
    std::string head, middle = word, tail;
    const auto starts = [&](std::string_view mark) { return middle.starts_with(mark); };
    while (starts("(") || starts("<") || starts("&lt;")) {
        const std::size_t size = starts("&lt;") ? 4 : 1;
        head += middle.substr(0, size);
        middle.erase(0, size);
    }
    while (!middle.empty()) {
        const bool is_entity = middle.ends_with("&gt;");
        if (!is_entity && std::string_view(")>.,").find(middle.back()) == std::string_view::npos) {
            break;
        }
        const std::size_t size = is_entity ? 4 : 1;
        tail.insert(0, middle.substr(middle.size() - size));
        middle.erase(middle.size() - size);
    }
    for (const auto& [open, close] : kPairs) {
        const std::size_t opened = occurrences(middle, open);
        if (opened <= occurrences(middle, close)) continue;
        const std::size_t moves = std::min(opened, occurrences(tail, close));
        for (std::size_t i = 0; i < moves; ++i) {
            const std::size_t end = tail.find(close) + close.size();
            middle += tail.substr(0, end);
            tail.erase(0, end);
        }
    }
    // Longer ones are no addresses but attempts to make the search long.
    constexpr std::size_t kLongest = 2000;
    const bool possible =
        middle.size() <= kLongest && middle.find_first_of(".[@") != std::string::npos;
    if (!possible) return head + middle + tail;
    if (is_address(middle)) {
        const bool whole = middle.starts_with("https://") || middle.starts_with("http://");
        middle = link(whole ? middle : "https://" + middle, style.attributes, shown(middle, style));
    } else if (middle.starts_with("mailto:") && is_mail(middle.substr(7))) {
        middle = link(middle, "", middle.substr(7));
    } else if (middle.find('@') != std::string::npos && !middle.starts_with("www.") &&
               middle.find(':') == std::string::npos && is_mail(middle)) {
        middle = link("mailto:" + middle, "", middle);
    }
    return head + middle + tail;
}

Value urlize(Evaluator& e, const Value& self, const Arguments& arguments) {
    const Parameters p("urlize", arguments,
                       {"trim_url_limit", "nofollow", "target", "rel", "extra_schemes"});
    LinkStyle style;
    if (!p[0].is(Type::None)) style.longest = std::max<Integer>(0, p.integer(0, 0));
    std::vector<std::string> relations{"noopener"};
    if (p.flag(1)) relations.emplace_back("nofollow");
    if (p.has(3) && p[3].is(Type::String)) {
        for (const Text& word : words_of(p.text(3), -1)) relations.push_back(word.bytes());
    }
    std::sort(relations.begin(), relations.end());
    relations.erase(std::unique(relations.begin(), relations.end()), relations.end());
    std::string all;
    for (const std::string& relation : relations) all += (all.empty() ? "" : " ") + relation;
    style.attributes = " rel=\"" + escaped_text(Text(all)).bytes() + "\"";
    if (p.has(2) && p[2].truth()) {
        style.attributes += " target=\"" + as_markup(e, p[2]).bytes() + "\"";
    }
    const Text text = as_markup(e, self);
    const std::string& bytes = text.bytes();
    Text result;
    for (std::size_t i = 0; i < bytes.size();) {
        e.step();
        std::size_t end = i;
        while (end < bytes.size() && is_space(code_point_at(bytes, end))) {
            end += code_point_length(bytes, end);
        }
        if (end > i) {
            result.append(text.slice(i, end));
        } else {
            while (end < bytes.size() && !is_space(code_point_at(bytes, end))) {
                end += code_point_length(bytes, end);
            }
            const Text word = text.slice(i, end);
            if (word.bytes().find_first_of(".[@") != std::string::npos) e.step(200);
            const std::string made = linked(word.bytes(), style);
            if (made == word.bytes()) {
                result.append(word);
            } else {
                result.append(made, word.from_data());
            }
        }
        e.check_size(result.size());
        i = end;
    }
    return e.string(std::move(result));
}

constexpr Filter kFilters[] = {
    {"wordwrap", wordwrap},
    {"xmlattr", xmlattr},
    {"urlize", urlize},
};

}  // namespace

std::span<const Filter> web_filters() {
    return kFilters;
}

}  // namespace deepwell::engine::chat_template
