#include "engine/prompt/chat_template/lexer.h"

#include <unicode/uchar.h>

#include <array>
#include <utility>

#include "engine/prompt/chat_template/number_literal.h"
#include "engine/prompt/chat_template/string_literal.h"
#include "engine/prompt/chat_template/unicode.h"

namespace deepwell::engine::chat_template {

namespace {

struct Operator {
    std::string_view text;
    TokenType type;
};

// Longest first.
constexpr std::array<Operator, 26> kOperators = {{
    {"//", TokenType::FloorDivide},
    {"**", TokenType::Power},
    {"==", TokenType::Equal},
    {"!=", TokenType::NotEqual},
    {">=", TokenType::GreaterEqual},
    {"<=", TokenType::LessEqual},
    {"+", TokenType::Add},
    {"-", TokenType::Subtract},
    {"/", TokenType::Divide},
    {"*", TokenType::Multiply},
    {"%", TokenType::Modulo},
    {"~", TokenType::Tilde},
    {"[", TokenType::LeftBracket},
    {"]", TokenType::RightBracket},
    {"(", TokenType::LeftParenthesis},
    {")", TokenType::RightParenthesis},
    {"{", TokenType::LeftBrace},
    {"}", TokenType::RightBrace},
    {">", TokenType::Greater},
    {"<", TokenType::Less},
    {"=", TokenType::Assign},
    {".", TokenType::Dot},
    {":", TokenType::Colon},
    {"|", TokenType::Pipe},
    {",", TokenType::Comma},
    {";", TokenType::Semicolon},
}};

// Ten times what the longest published template has.
constexpr std::size_t kMostTokens = 200'000;

// Python's newlines become "\n"; one at the very end goes.
std::string normalized(std::string_view source) {
    std::string result;
    result.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r') {
            result += '\n';
            if (i + 1 < source.size() && source[i + 1] == '\n') ++i;
        } else {
            result += source[i];
        }
    }
    if (result.ends_with('\n')) result.pop_back();
    return result;
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

class Lexer {
public:
    explicit Lexer(std::string_view source) : text_(normalized(source)) {}

    std::vector<Token> run() {
        while (place_ < text_.size()) read_text();
        push(TokenType::End);
        return std::move(tokens_);
    }

private:
    std::string_view rest() const { return std::string_view(text_).substr(place_); }
    bool at(std::string_view wanted) const { return rest().starts_with(wanted); }

    // Lines and columns are counted once, forward: a template may be one line of a megabyte.
    Place here() {
        for (; counted_ < place_; ++counted_) {
            const auto byte = static_cast<unsigned char>(text_[counted_]);
            if (byte == '\n') {
                ++line_;
                column_ = 0;
            } else if ((byte & 0xC0) != 0x80) {
                ++column_;
            }
        }
        return {line_, column_ + 1};
    }

    [[noreturn]] void fail(std::string message) {
        const Place place = here();
        throw Failure{{Kind::Syntax, std::move(message), place.line, place.column}};
    }

    Token& push(TokenType type, std::string text = {}) {
        if (tokens_.size() >= kMostTokens) {
            const Place place = here();
            throw Failure{{Kind::Limit, "The template has more than 200,000 words.", place.line,
                           place.column}};
        }
        tokens_.push_back({type, std::move(text), 0, 0, here()});
        return tokens_.back();
    }

    void push_data(std::string_view data) {
        if (!data.empty()) push(TokenType::Data, std::string(data));
    }

    // The text from place_ up to the next delimiter, and what the delimiter does to its end.
    void read_text() {
        std::size_t open = text_.find('{', place_);
        while (open != std::string::npos) {
            const char next = open + 1 < text_.size() ? text_[open + 1] : '\0';
            if (next == '{' || next == '%' || next == '#') break;
            open = text_.find('{', open + 1);
        }
        if (open == std::string::npos) {
            push_data(rest());
            place_ = text_.size();
            return;
        }
        std::string_view data = std::string_view(text_).substr(place_, open - place_);
        const char kind = text_[open + 1];
        const char sign = open + 2 < text_.size() ? text_[open + 2] : '\0';
        data = stripped_before(data, sign, kind != '{');
        push_data(data);
        place_ = open + 2;
        if (sign == '-' || sign == '+') ++place_;
        if (kind == '#') {
            read_comment();
        } else if (kind == '{') {
            push(TokenType::VariableBegin);
            read_expression("}}", TokenType::VariableEnd);
        } else if (!read_raw()) {
            push(TokenType::BlockBegin);
            read_expression("%}", TokenType::BlockEnd);
        }
    }

    std::string_view stripped_before(std::string_view data, char sign, bool is_block) {
        if (sign == '-') return data.substr(0, data.size() - trailing_space(data));
        if (sign == '+' || !is_block) return data;
        // Blanks from the start of the line to the tag go, if nothing else stands there.
        const std::size_t line_break = data.rfind('\n');
        const std::size_t start = line_break == std::string_view::npos ? 0 : line_break + 1;
        if (start == 0 && !line_starting_) return data;
        const std::string_view blanks = data.substr(start);
        return leading_space(blanks) == blanks.size() ? data.substr(0, start) : data;
    }

    // Behind a closing delimiter: '-' takes all white space, a block one newline.
    void finish_tag(char sign, bool is_block) {
        const std::size_t before = place_;
        if (sign == '-') {
            place_ += leading_space(rest());
        } else if (sign != '+' && is_block && at("\n")) {
            ++place_;
        }
        line_starting_ = place_ > before && text_[place_ - 1] == '\n';
    }

    void read_comment() {
        const std::size_t end = text_.find("#}", place_);
        if (end == std::string::npos) fail("Missing end of comment tag");
        const char sign = end > place_ ? text_[end - 1] : '\0';
        place_ = end + 2;
        finish_tag(sign, true);
    }

    void skip_space() { place_ += leading_space(rest()); }

    bool skip_word(std::string_view word) {
        const std::size_t before = place_;
        skip_space();
        if (at(word)) {
            place_ += word.size();
            return true;
        }
        place_ = before;
        return false;
    }

    // {% raw %} … {% endraw %}; place_ stands behind "{%" and its sign.
    bool read_raw() {
        const std::size_t before = place_;
        if (!skip_word("raw")) return false;
        skip_space();
        const bool strips = at("-%}");
        if (!strips && !at("%}")) {
            place_ = before;
            return false;
        }
        place_ += strips ? 3 : 2;
        if (strips) skip_space();
        const std::size_t start = place_;
        for (std::size_t open = text_.find("{%", start); open != std::string::npos;
             open = text_.find("{%", open + 1)) {
            place_ = open + 2;
            const char sign = place_ < text_.size() ? text_[place_] : '\0';
            if (sign == '-' || sign == '+') ++place_;
            if (!skip_word("endraw")) continue;
            skip_space();
            const char end_sign = place_ < text_.size() ? text_[place_] : '\0';
            if (end_sign == '-' || end_sign == '+') ++place_;
            if (!at("%}")) continue;
            place_ += 2;
            line_starting_ = text_[start - 1] == '\n';
            push_data(
                stripped_before(std::string_view(text_).substr(start, open - start), sign, true));
            finish_tag(end_sign, true);
            return true;
        }
        place_ = start;
        fail("Missing end of raw directive");
    }

    void read_expression(std::string_view end, TokenType end_type) {
        std::vector<char> open;  // the brackets to be closed
        while (true) {
            skip_space();
            if (place_ >= text_.size()) return;  // the parser misses the end
            if (open.empty()) {
                const bool signed_end = (at("-") || (at("+") && end_type == TokenType::BlockEnd)) &&
                                        rest().substr(1).starts_with(end);
                if (signed_end || at(end)) {
                    push(end_type);
                    const char sign = signed_end ? text_[place_] : '\0';
                    place_ += end.size() + (signed_end ? 1 : 0);
                    finish_tag(sign, end_type == TokenType::BlockEnd);
                    return;
                }
            }
            if (is_digit(text_[place_])) {
                read_number();
            } else if (text_[place_] == '\'' || text_[place_] == '"') {
                read_string();
            } else if (!read_name()) {
                read_operator(open);
            }
        }
    }

    void read_number() {
        NumberLiteral number = number_at(text_, place_);
        if (!number.error.empty()) fail(number.error);
        if (number.is_float) {
            push(TokenType::Float).real = number.real;
        } else {
            push(TokenType::Integer).integer = number.integer;
        }
        place_ += number.length;
    }

    void read_string() {
        const char quote = text_[place_];
        std::size_t end = place_ + 1;
        while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
        if (end >= text_.size()) {
            fail(std::string("unexpected char ") + (quote == '"' ? "'\"'" : "\"'\""));
        }
        std::string error;
        std::string value =
            unescaped(std::string_view(text_).substr(place_ + 1, end - place_ - 1), error);
        if (!error.empty()) fail(error);
        push(TokenType::String, std::move(value));
        place_ = end + 1;
    }

    bool read_name() {
        std::size_t end = place_;
        while (end < text_.size()) {
            const char32_t c = code_point_at(text_, end);
            const bool fits = c < 0x80 ? (c == '_' || is_digit(static_cast<char>(c)) ||
                                          ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
                                       : u_isIDPart(static_cast<UChar32>(c)) != 0;
            if (!fits) break;
            end += code_point_length(text_, end);
        }
        if (end == place_) return false;
        push(TokenType::Name, text_.substr(place_, end - place_));
        place_ = end;
        return true;
    }

    void read_operator(std::vector<char>& open) {
        for (const Operator& known : kOperators) {
            if (!at(known.text)) continue;
            const char sign = known.text[0];
            if (sign == '(' || sign == '[' || sign == '{') {
                open.push_back(sign == '(' ? ')' : sign == '[' ? ']' : '}');
            } else if (sign == ')' || sign == ']' || sign == '}') {
                if (open.empty()) fail(std::string("unexpected '") + sign + "'");
                if (open.back() != sign) {
                    fail(std::string("unexpected '") + sign + "', expected '" + open.back() + "'");
                }
                open.pop_back();
            }
            push(known.type, std::string(known.text));
            place_ += known.text.size();
            return;
        }
        const std::size_t length = code_point_length(text_, place_);
        fail("unexpected char '" + text_.substr(place_, length) + "'");
    }

    std::string text_;
    std::size_t place_ = 0;
    bool line_starting_ = true;  // what was read last ended a line
    std::size_t counted_ = 0;
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 0;  // characters of the line before counted_
    std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view source) {
    return Lexer(source).run();
}

std::string describe(const Token& token) {
    switch (token.type) {
        case TokenType::Data:
            return "template data";
        case TokenType::BlockBegin:
            return "'begin of statement block'";
        case TokenType::BlockEnd:
            return "'end of statement block'";
        case TokenType::VariableBegin:
            return "'begin of print statement'";
        case TokenType::VariableEnd:
            return "'end of print statement'";
        case TokenType::End:
            return "'end of template'";
        case TokenType::Integer:
            return "a number";
        case TokenType::Float:
            return "a number";
        default:
            return "'" + token.text + "'";
    }
}

}  // namespace deepwell::engine::chat_template
