#include "app/rendering/inline_text.h"

#include <cmark-gfm.h>

#include <QStringList>
#include <algorithm>
#include <cstring>

namespace deepwell::app::rendering {
namespace {

constexpr QChar kOpen(0xE000);
constexpr QChar kClose(0xE001);

QString literal(cmark_node* node) {
    const char* text = cmark_node_get_literal(node);
    return text == nullptr ? QString() : QString::fromUtf8(text);
}

bool is_safe_target(const QString& target) {
    static const QStringList schemes = {QStringLiteral("http://"), QStringLiteral("https://"),
                                        QStringLiteral("mailto:")};
    return std::any_of(schemes.begin(), schemes.end(), [&](const QString& scheme) {
        return target.startsWith(scheme, Qt::CaseInsensitive);
    });
}

class Builder {
public:
    Builder(const Placeholders& placeholders, bool part_at_blocks)
        : placeholders_(placeholders), part_at_blocks_(part_at_blocks) {
        result_.texts.emplace_back();
    }

    void children(cmark_node* node, unsigned style, const QString& target, int depth) {
        for (cmark_node* child = cmark_node_first_child(node); child != nullptr;
             child = cmark_node_next(child)) {
            one(child, style, target, depth);
        }
    }

    InlineResult take() {
        for (StyledText& text : result_.texts) trim(text);
        return std::move(result_);
    }

private:
    void one(cmark_node* node, unsigned style, const QString& target, int depth) {
        if (depth > kMaxNesting) return;
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_SOFTBREAK:
                return append(QStringLiteral(" "), style, target);
            case CMARK_NODE_LINEBREAK:
                return append(QString(QChar::LineSeparator), style, target);
            case CMARK_NODE_CODE:
                return append(made_visible(placeholders_.restore(literal(node))), style | kCode,
                              target);
            case CMARK_NODE_EMPH:
                return children(node, style | kItalic, target, depth + 1);
            case CMARK_NODE_STRONG:
                return children(node, style | kBold, target, depth + 1);
            case CMARK_NODE_LINK:
                return link(node, style, depth);
            case CMARK_NODE_IMAGE:
                return image(node, style, target, depth);
            case CMARK_NODE_TEXT:
                return text(literal(node), style, target);
            case CMARK_NODE_HTML_INLINE:
                return append(made_visible(placeholders_.restore(literal(node))), style, target);
            default:
                break;
        }
        if (std::strcmp(cmark_node_get_type_string(node), "strikethrough") == 0) {
            style |= kStrikethrough;
        }
        children(node, style, target, depth + 1);
    }

    void link(cmark_node* node, unsigned style, int depth) {
        const QString target = placeholders_.restore(QString::fromUtf8(cmark_node_get_url(node)));
        if (is_safe_target(target)) {
            children(node, style | kLink, target, depth + 1);
        } else {
            children(node, style, {}, depth + 1);
        }
    }

    // Images are never fetched: their description and address stand in the text.
    void image(cmark_node* node, unsigned style, const QString& target, int depth) {
        children(node, style, target, depth + 1);
        const QString address = placeholders_.restore(QString::fromUtf8(cmark_node_get_url(node)));
        append(QStringLiteral(" (%1)").arg(made_visible(address)), style, target);
    }

    void text(const QString& text, unsigned style, const QString& target) {
        for (const auto& piece : placeholders_.split(text)) {
            if (piece.formula == nullptr) {
                append(made_visible(piece.text), style, target);
            } else if (part_at_blocks_ && piece.formula->kind == Segment::Kind::BlockFormula) {
                result_.block_formulas.push_back(piece.formula);
                result_.texts.emplace_back();
            } else {
                append(piece.formula->source, (style & ~kLink) | kFormula, piece.formula->text);
            }
        }
    }

    void append(const QString& piece, unsigned style, const QString& target) {
        if (piece.isEmpty()) return;
        StyledText& to = result_.texts.back();
        const int start = static_cast<int>(to.text.size());
        to.text += piece;
        if (style == 0) return;
        const int length = static_cast<int>(piece.size());
        if (!to.spans.empty() && (style & kFormula) == 0) {
            Span& last = to.spans.back();
            if (last.style == style && last.target == target && last.start + last.length == start) {
                last.length += length;
                return;
            }
        }
        to.spans.push_back({start, length, style, target});
    }

    // Blanks at both ends (left over where a block formula parted the text) go.
    static void trim(StyledText& text) {
        const auto is_space = [](QChar c) { return c == u' ' || c == QChar::LineSeparator; };
        int front = 0;
        int end = static_cast<int>(text.text.size());
        while (front < end && is_space(text.text[front])) ++front;
        while (end > front && is_space(text.text[end - 1])) --end;
        text.text = text.text.mid(front, end - front);
        std::vector<Span> kept;
        for (Span span : text.spans) {
            const int from = std::max(span.start, front) - front;
            const int to = std::min(span.start + span.length, end) - front;
            if (from >= to) continue;
            span.start = from;
            span.length = to - from;
            kept.push_back(std::move(span));
        }
        text.spans = std::move(kept);
    }

    const Placeholders& placeholders_;
    const bool part_at_blocks_;
    InlineResult result_;
};

}  // namespace

QString Placeholders::add(Segment formula) {
    formulas_.push_back(std::move(formula));
    return kOpen + QString::number(formulas_.size() - 1) + kClose;
}

const Segment* Placeholders::at(int number) const {
    return number >= 0 && number < static_cast<int>(formulas_.size()) ? &formulas_[number]
                                                                      : nullptr;
}

std::vector<Placeholders::Piece> Placeholders::split(const QString& text) const {
    std::vector<Piece> pieces;
    qsizetype from = 0;
    while (from < text.size()) {
        const qsizetype open = text.indexOf(kOpen, from);
        const qsizetype close = open < 0 ? -1 : text.indexOf(kClose, open);
        if (close < 0) break;
        if (open > from) pieces.push_back({text.mid(from, open - from), nullptr});
        pieces.push_back({{}, at(text.mid(open + 1, close - open - 1).toInt())});
        from = close + 1;
    }
    if (from < text.size()) pieces.push_back({text.mid(from), nullptr});
    return pieces;
}

QString Placeholders::restore(const QString& text) const {
    if (!text.contains(kOpen)) return text;
    QString restored;
    for (const Piece& piece : split(text)) {
        restored += piece.formula == nullptr ? piece.text : piece.formula->source;
    }
    return restored;
}

QString made_visible(const QString& text) {
    const auto deceives = [](QChar c) {
        const ushort u = c.unicode();
        return (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7F && u < 0xA0) ||
               (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
    };
    if (std::none_of(text.begin(), text.end(), deceives)) return text;
    QString visible;
    for (const QChar c : text) {
        const ushort u = c.unicode();
        if (!deceives(c)) {
            visible += c;
        } else if (u < 0x20) {
            visible += QChar(0x2400 + u);
        } else {
            visible += QStringLiteral("[U+%1]").arg(u, 4, 16, QLatin1Char('0')).toUpper();
        }
    }
    return visible;
}

InlineResult inline_text(cmark_node* node, const Placeholders& placeholders, bool part_at_blocks) {
    Builder builder(placeholders, part_at_blocks);
    builder.children(node, 0, {}, 0);
    return builder.take();
}

}  // namespace deepwell::app::rendering
