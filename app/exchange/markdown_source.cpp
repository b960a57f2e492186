#include "app/exchange/markdown_source.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <QtCore/QString>
#include <algorithm>
#include <memory>
#include <vector>

#include "app/rendering/formula_scanner.h"

namespace deepwell::app {
namespace {

struct NodeDeleter {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, NodeDeleter>;

Document parse(const std::string& text) {
    cmark_gfm_core_extensions_ensure_registered();
    auto* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    for (const auto* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (auto* extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser, extension);
        }
    }
    cmark_parser_feed(parser, text.data(), text.size());
    Document document(cmark_parser_finish(parser));
    cmark_parser_free(parser);
    return document;
}

// Calls `visit` for each node of `type`, in the order of the text.
template <class Visit>
void for_each(cmark_node* root, cmark_node_type type, Visit&& visit) {
    auto* walk = cmark_iter_new(root);
    for (auto event = cmark_iter_next(walk); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk)) {
        auto* node = cmark_iter_get_node(walk);
        if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == type) visit(node);
    }
    cmark_iter_free(walk);
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) text += '\n';
        text += lines[i];
    }
    return text;
}

std::string with_line_feeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string without_outer_lines(std::string text) {
    const auto first = text.find_first_not_of('\n');
    if (first == std::string::npos) return {};
    text.erase(text.find_last_not_of('\n') + 1);
    return text.substr(first);
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// <https://…>, <mailto:…>, <name@place>: the length, or 0.
std::size_t autolink_length(std::string_view text) {
    const auto end = text.find_first_of("<> \t\n", 1);
    if (end == std::string_view::npos || text[end] != '>' || end < 4) return 0;
    const auto inside = text.substr(1, end - 1);
    const auto colon = inside.find(':');
    const bool scheme =
        colon != std::string_view::npos && colon >= 2 && colon <= 32 && is_letter(inside[0]) &&
        std::all_of(
            inside.begin(), inside.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
                return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
            });
    const auto at = inside.find('@');
    const bool mail = at != std::string_view::npos && at > 0 && at + 1 < inside.size() &&
                      inside.find_first_of("\"'()[]\\,;:=") == std::string_view::npos &&
                      inside.find('/') == std::string_view::npos;
    return scheme || mail ? end + 1 : 0;
}

// `<` where HTML could begin.
void append_without_html(std::string_view text, bool after_backslash, std::string& out) {
    bool escaped = after_backslash;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<' && !escaped) {
            if (const auto length = autolink_length(text.substr(i))) {
                out += text.substr(i, length);
                i += length - 1;
                continue;
            }
            const char next = i + 1 < text.size() ? text[i + 1] : ' ';
            if (is_letter(next) || next == '/' || next == '!' || next == '?') {
                out += "&lt;";
                continue;
            }
        }
        escaped = c == '\\' && !escaped;
        out += c;
    }
}

// TeX does not mind a blank after `<`, and then it is no HTML.
std::string harmless_tex(std::string_view tex) {
    std::string out;
    for (std::size_t i = 0; i < tex.size(); ++i) {
        out += tex[i];
        const char next = i + 1 < tex.size() ? tex[i + 1] : ' ';
        if (tex[i] == '<' && (is_letter(next) || next == '/' || next == '!' || next == '?')) {
            out += ' ';
        }
    }
    return out;
}

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\n") - first + 1));
}

// On a line of its own; one line where TeX has no comment, so that nothing in it looks like a list.
std::string block_formula(std::string_view tex, bool at_line_start, bool at_line_end) {
    auto body = trimmed(harmless_tex(tex));
    if (body.find('%') == std::string::npos) {
        std::replace(body.begin(), body.end(), '\n', ' ');
    } else {
        body = "\n" + body + "\n";
    }
    std::string out = at_line_start ? "" : "\n";
    out += body.front() == '\n' ? "$$" + body + "$$" : "$$ " + body + " $$";
    if (!at_line_end) out += '\n';
    return out;
}

bool only_blanks(std::string_view text) {
    return text.find_first_not_of(" \t") == std::string_view::npos;
}

// Which lines (from 1) belong to code that is indented: formulas and HTML in them are just letters.
std::vector<bool> indented_code_lines(const std::string& text, std::size_t count) {
    std::vector<bool> code(count + 2, false);
    const auto document = parse(text);
    for_each(document.get(), CMARK_NODE_CODE_BLOCK, [&](cmark_node* node) {
        int length = 0;
        int offset = 0;
        char character = 0;
        if (cmark_node_get_fenced(node, &length, &offset, &character) != 0) return;
        for (int line = cmark_node_get_start_line(node); line <= cmark_node_get_end_line(node);
             ++line) {
            if (line >= 0 && static_cast<std::size_t>(line) < code.size()) {
                code[static_cast<std::size_t>(line)] = true;
            }
        }
    });
    return code;
}

// HTML made harmless everywhere but in code; formulas between dollars for answers.
std::string made_safe(const std::string& text, bool convert_formulas) {
    using rendering::Segment;
    const auto code = indented_code_lines(
        text, static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
    const auto segments = rendering::scan_formulas(QString::fromStdString(text));
    std::string out;
    std::size_t line = 1;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto& segment = segments[i];
        const bool formula = segment.kind == Segment::Kind::InlineFormula ||
                             segment.kind == Segment::Kind::BlockFormula;
        const auto source = (formula ? segment.source : segment.text).toStdString();
        const auto tex = segment.text.toStdString();
        if (segment.kind == Segment::Kind::Code || (formula && code[line])) {
            out += source;
        } else if (formula && !convert_formulas) {
            out += harmless_tex(source);
        } else if (segment.kind == Segment::Kind::InlineFormula) {
            out += "$" + trimmed(harmless_tex(tex)) + "$";
        } else if (segment.kind == Segment::Kind::BlockFormula) {
            const auto last_line = std::string_view(out).substr(out.rfind('\n') + 1);
            std::string next;
            if (i + 1 < segments.size()) {
                const auto& after = segments[i + 1];
                next = (after.source.isEmpty() ? after.text : after.source).toStdString();
            }
            const auto rest = std::string_view(next).substr(0, next.find('\n'));
            out += block_formula(tex, only_blanks(last_line), only_blanks(rest));
        } else {
            // Line by line, since some of them may be indented code.
            std::string_view rest = source;
            auto at = line;
            while (!rest.empty()) {
                const auto end = rest.find('\n');
                const auto piece =
                    rest.substr(0, end == std::string_view::npos ? rest.size() : end + 1);
                if (code[at]) {
                    out += piece;
                } else {
                    append_without_html(piece, !out.empty() && out.back() == '\\', out);
                }
                rest.remove_prefix(piece.size());
                ++at;
            }
        }
        line += static_cast<std::size_t>(std::count(source.begin(), source.end(), '\n'));
    }
    return out;
}

// "===" or "---", also inside a quote or a list.
bool is_underline(std::string_view line) {
    const auto start = line.find_first_not_of("> \t");
    if (start == std::string_view::npos) return false;
    const auto end = line.find_last_not_of(" \t");
    const char mark = line[start];
    return (mark == '=' || mark == '-') &&
           line.substr(start, end - start + 1).find_first_not_of(mark) == std::string_view::npos;
}

void lower_heading(cmark_node* node, std::vector<std::string>& lines) {
    const int level = cmark_node_get_heading_level(node);
    const std::string marks(static_cast<std::size_t>(std::min(level + 2, 6)), '#');
    const auto first = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1)) - 1;
    const auto column =
        static_cast<std::size_t>(std::max(cmark_node_get_start_column(node), 1)) - 1;
    if (first >= lines.size() || column > lines[first].size()) return;
    const std::string head = lines[first].substr(0, column);
    auto text = lines[first].substr(column);
    const auto hashes = text.find_first_not_of(" ");
    if (hashes != std::string::npos && text[hashes] == '#') {
        const auto end = text.find_first_not_of('#', hashes);
        lines[first] = head + marks + (end == std::string::npos ? "" : text.substr(end));
        return;
    }
    // Underlined: its lines become one, the underline goes. The parser's own end line may lie
    // behind it, so the underline is looked for: no line above it can look like one.
    auto last = first + 1;
    while (last < lines.size() && !is_underline(lines[last])) ++last;
    if (last == lines.size()) return;
    text = trimmed(text);
    for (auto line = first + 1; line < last; ++line) {
        text += " " +
                trimmed(std::string_view(lines[line]).substr(std::min(column, lines[line].size())));
        lines[line] = "\x01";
    }
    if (!text.empty() && text.back() == '#') text.insert(text.size() - 1, "\\");
    lines[first] = head + marks + " " + text;
    lines[last] = "\x01";
}

std::string with_lower_headings(const std::string& text) {
    const auto document = parse(text);
    auto lines = lines_of(text);
    for_each(document.get(), CMARK_NODE_HEADING,
             [&](cmark_node* node) { lower_heading(node, lines); });
    std::erase(lines, "\x01");  // lines that an underlined heading gave up
    return joined(lines);
}

}  // namespace

std::string answer_markdown(std::string_view answer) {
    return without_outer_lines(with_lower_headings(made_safe(with_line_feeds(answer), true)));
}

std::string question_markdown(std::string_view question) {
    const auto text = without_outer_lines(made_safe(with_line_feeds(question), false));
    const auto document = parse(text);
    auto lines = lines_of(text);
    for_each(document.get(), CMARK_NODE_PARAGRAPH, [&](cmark_node* node) {
        const int last = std::min(cmark_node_get_end_line(node), static_cast<int>(lines.size()));
        for (int line = std::max(cmark_node_get_start_line(node), 1); line < last; ++line) {
            auto& here = lines[static_cast<std::size_t>(line) - 1];
            if (here.empty() || here.back() == '\\' || here.ends_with("  ")) continue;
            here += here.back() == ' ' ? " " : "  ";
        }
    });
    return joined(lines);
}

std::string inline_markdown(std::string_view text) {
    std::string out;
    const auto word = [&](std::size_t at) {
        if (at >= text.size()) return false;
        const auto c = static_cast<unsigned char>(text[at]);
        return is_letter(text[at]) || (c >= '0' && c <= '9') || c >= 0x80;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool edge = c == '_' && !(i > 0 && word(i - 1) && word(i + 1));
        const bool end_mark = c == '#' && (i == 0 || i + 1 == text.size());
        if (c == '\n' || c == '\r' || c == '\t') {
            out += ' ';
            continue;
        }
        if (c == '<') {
            out += "&lt;";
            continue;
        }
        if (edge || end_mark || std::string_view("\\`*[]").find(c) != std::string_view::npos) {
            out += '\\';
        }
        out += c;
    }
    return out;
}

std::string fenced_markdown(std::string_view text) {
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    auto body = with_line_feeds(text);
    if (!body.empty() && body.back() != '\n') body += '\n';
    return fence + "\n" + body + fence;
}

std::string quoted_markdown(std::string_view text) {
    std::string out;
    for (const auto& line : lines_of(without_outer_lines(with_line_feeds(text)))) {
        if (!out.empty()) out += '\n';
        out += line.empty() ? ">" : "> " + line;
    }
    return out;
}

}  // namespace deepwell::app
