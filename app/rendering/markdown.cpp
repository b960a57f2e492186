#include "app/rendering/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <QStringList>
#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "app/rendering/formula_scanner.h"
#include "app/rendering/inline_text.h"

namespace deepwell::app::rendering {
namespace {

struct FreeNode {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, FreeNode>;

Document parse(const QByteArray& utf8) {
    static std::once_flag registered;
    std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
    cmark_parser* parser = cmark_parser_new(CMARK_OPT_VALIDATE_UTF8);
    for (const char* name : {"table", "strikethrough", "autolink", "tasklist"}) {
        if (cmark_syntax_extension* extension = cmark_find_syntax_extension(name)) {
            cmark_parser_attach_syntax_extension(parser, extension);
        }
    }
    cmark_parser_feed(parser, utf8.constData(), static_cast<size_t>(utf8.size()));
    Document document(cmark_parser_finish(parser));
    cmark_parser_free(parser);
    return document;
}

// By the first strong letter.
bool reads_right_to_left(const QString& text) {
    for (const QChar c : text) {
        const auto direction = c.direction();
        if (direction == QChar::DirL) return false;
        if (direction == QChar::DirR || direction == QChar::DirAL) return true;
    }
    return false;
}

struct Place {
    int list_depth = 0;
    int quote_depth = 0;
    int nesting = 0;
    bool tight = false;
};

class BlockBuilder {
public:
    explicit BlockBuilder(const Placeholders& placeholders) : placeholders_(placeholders) {}

    void children(cmark_node* node, Place place) {
        for (cmark_node* child = cmark_node_first_child(node); child != nullptr;
             child = cmark_node_next(child)) {
            one(child, place);
        }
    }

    Blocks take() {
        close_prose();
        return std::move(blocks_);
    }

private:
    void one(cmark_node* node, Place place) {
        if (++place.nesting > kMaxNesting) return deeper(node, place);
        switch (cmark_node_get_type(node)) {
            case CMARK_NODE_BLOCK_QUOTE:
                ++place.quote_depth;
                place.tight = false;
                return children(node, place);
            case CMARK_NODE_LIST:
                return list(node, place);
            case CMARK_NODE_CODE_BLOCK:
                return code(node, place);
            case CMARK_NODE_HTML_BLOCK:
                return html(node, place);
            case CMARK_NODE_PARAGRAPH:
                return paragraphs(node, Paragraph::Kind::Text, 0, place);
            case CMARK_NODE_HEADING:
                return paragraphs(node, Paragraph::Kind::Heading,
                                  cmark_node_get_heading_level(node), place);
            case CMARK_NODE_THEMATIC_BREAK:
                return add(Rule{});
            default:
                break;
        }
        if (std::strcmp(cmark_node_get_type_string(node), "table") == 0) return table(node, place);
        children(node, place);
    }

    void list(cmark_node* node, Place place) {
        ++place.list_depth;
        place.tight = cmark_node_get_list_tight(node) != 0;
        const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
        int number = cmark_node_get_list_start(node);
        const QChar delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? u')' : u'.';
        for (cmark_node* item = cmark_node_first_child(node); item != nullptr;
             item = cmark_node_next(item)) {
            QString marker = ordered ? QString::number(number++) + delimiter : QStringLiteral("•");
            if (std::strcmp(cmark_node_get_type_string(item), "tasklist") == 0) {
                marker = cmark_gfm_extensions_get_tasklist_item_checked(item) ? QStringLiteral("☑")
                                                                              : QStringLiteral("☐");
            }
            marker_ = marker;
            if (cmark_node_first_child(item) == nullptr)
                add_paragraph({}, Paragraph::Kind::Text, 0, place);
            Place inner = place;
            ++inner.nesting;
            children(item, inner);
            marker_.clear();
        }
    }

    void paragraphs(cmark_node* node, Paragraph::Kind kind, int level, Place place) {
        InlineResult inlines = inline_text(node, placeholders_, true);
        for (std::size_t k = 0; k < inlines.texts.size(); ++k) {
            if (k > 0) {
                const Segment* formula = inlines.block_formulas[k - 1];
                add(Formula{formula->text, formula->source, place.list_depth});
            }
            if (!inlines.texts[k].text.isEmpty()) {
                add_paragraph(std::move(inlines.texts[k]), kind, level, place);
            }
        }
    }

    void add_paragraph(StyledText content, Paragraph::Kind kind, int level, Place place) {
        Paragraph paragraph;
        paragraph.kind = kind;
        paragraph.heading_level = level;
        paragraph.list_depth = place.list_depth;
        paragraph.quote_depth = place.quote_depth;
        paragraph.tight = place.tight;
        if (!marker_.isEmpty()) {
            if (kind == Paragraph::Kind::Text) paragraph.kind = Paragraph::Kind::ListItem;
            paragraph.marker = std::exchange(marker_, {});
        }
        paragraph.right_to_left = reads_right_to_left(content.text);
        paragraph.content = std::move(content);
        prose_.paragraphs.push_back(std::move(paragraph));
    }

    void code(cmark_node* node, Place place) {
        QString text = placeholders_.restore(QString::fromUtf8(cmark_node_get_literal(node)));
        if (text.endsWith(u'\n')) text.chop(1);
        const QString label = QString::fromUtf8(cmark_node_get_fence_info(node)).trimmed();
        add(Code{placeholders_.restore(label).section(u' ', 0, 0).toLower(),
                 made_visible(cut(text)), place.list_depth, place.quote_depth});
    }

    void html(cmark_node* node, Place place) {
        QString text =
            placeholders_.restore(QString::fromUtf8(cmark_node_get_literal(node))).trimmed();
        text.replace(u'\n', QChar::LineSeparator);
        add_paragraph({made_visible(cut(text)), {}}, Paragraph::Kind::Text, 0, place);
    }

    void table(cmark_node* node, Place place) {
        Table table;
        table.list_depth = place.list_depth;
        const int columns = cmark_gfm_extensions_get_table_columns(node);
        const uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(node);
        const int shown = std::min(columns, kMaxTableColumns);
        table.left_out_columns = columns - shown;
        for (int column = 0; column < shown; ++column) {
            const uint8_t alignment = alignments == nullptr ? 0 : alignments[column];
            table.columns.push_back(alignment == 'r'   ? Table::Alignment::End
                                    : alignment == 'c' ? Table::Alignment::Centre
                                                       : Table::Alignment::Start);
        }
        for (cmark_node* row = cmark_node_first_child(node); row != nullptr;
             row = cmark_node_next(row)) {
            auto& cells = table.rows.emplace_back();
            for (cmark_node* cell = cmark_node_first_child(row);
                 cell != nullptr && static_cast<int>(cells.size()) < shown;
                 cell = cmark_node_next(cell)) {
                cells.push_back(std::move(inline_text(cell, placeholders_, false).texts.front()));
            }
            cells.resize(shown);
        }
        add(std::move(table));
    }

    // Too deep to show as it is: the bare text of all that is below.
    void deeper(cmark_node* node, Place place) {
        QString text;
        cmark_iter* iterator = cmark_iter_new(node);
        for (cmark_event_type event = cmark_iter_next(iterator); event != CMARK_EVENT_DONE;
             event = cmark_iter_next(iterator)) {
            cmark_node* at = cmark_iter_get_node(iterator);
            const char* literal = cmark_node_get_literal(at);
            if (event == CMARK_EVENT_ENTER && literal != nullptr)
                text += QString::fromUtf8(literal);
        }
        cmark_iter_free(iterator);
        add_paragraph({made_visible(placeholders_.restore(cut(text))), {}}, Paragraph::Kind::Text,
                      0, place);
    }

    static QString cut(const QString& text) {
        if (text.size() <= kMaxBlockCharacters) return text;
        return text.left(kMaxBlockCharacters) + QStringLiteral("\n… (cut: too long to show)");
    }

    void add(Block block) {
        close_prose();
        blocks_.push_back(std::move(block));
    }

    void close_prose() {
        if (prose_.paragraphs.empty()) return;
        blocks_.push_back(std::exchange(prose_, {}));
    }

    const Placeholders& placeholders_;
    Blocks blocks_;
    Prose prose_;
    QString marker_;  // of the list item whose first paragraph has not come yet
};

// What the next line may turn into something else waits for it: the head of a table, the underline
// of a heading.
QString without_undecided_end(const QString& source) {
    if (source.isEmpty()) return source;
    qsizetype line = source.lastIndexOf(u'\n', source.size() - 2) + 1;
    const auto text_of = [&](qsizetype from) {
        const qsizetype end = source.indexOf(u'\n', from);
        return QStringView(source).sliced(from, (end < 0 ? source.size() : end) - from).trimmed();
    };
    const QStringView last = text_of(line);
    if (last.startsWith(u'|')) {
        qsizetype head = line;
        int rows = 1;
        while (head > 0 && rows < 3) {
            const qsizetype before = source.lastIndexOf(u'\n', head - 2) + 1;
            if (head < 2 || !text_of(before).startsWith(u'|')) break;
            head = before;
            ++rows;
        }
        if (rows < 3) return source.left(head);
        return last.size() == 1 ? source.left(line) : source;
    }
    const bool underline =
        !last.isEmpty() && (last.count(u'-') == last.size() || last.count(u'=') == last.size());
    return underline ? source.left(line) : source;
}

}  // namespace

Blocks parse_markdown(const QString& source, MarkdownOptions options) {
    Placeholders placeholders;
    QString text;
    const QString whole = options.still_open ? without_undecided_end(source) : source;
    for (Segment& segment : scan_formulas(whole)) {
        if (segment.kind == Segment::Kind::Text || segment.kind == Segment::Kind::Code) {
            segment.text.replace(QChar(0xE000), QChar::ReplacementCharacter);
            segment.text.replace(QChar(0xE001), QChar::ReplacementCharacter);
            text += segment.text;
        } else {
            text += placeholders.add(std::move(segment));
        }
    }
    const Document document = parse(text.toUtf8());
    BlockBuilder builder(placeholders);
    builder.children(document.get(), {});
    return builder.take();
}

QString plain_text(const Blocks& blocks) {
    QStringList lines;
    for (const Block& block : blocks) {
        if (const auto* prose = std::get_if<Prose>(&block)) {
            for (const Paragraph& paragraph : prose->paragraphs) {
                const QString indent = QString(2 * std::max(0, paragraph.list_depth - 1), u' ');
                const QString marker =
                    paragraph.marker.isEmpty() ? QString() : paragraph.marker + u' ';
                lines += indent + marker + paragraph.content.text;
            }
        } else if (const auto* code = std::get_if<Code>(&block)) {
            lines += code->text;
        } else if (const auto* formula = std::get_if<Formula>(&block)) {
            lines += formula->source;
        } else if (const auto* table = std::get_if<Table>(&block)) {
            for (const auto& row : table->rows) {
                QStringList cells;
                for (const StyledText& cell : row) cells += cell.text;
                lines += cells.join(u'\t');
            }
        }
    }
    return lines.join(u'\n').replace(QChar::LineSeparator, u'\n');
}

}  // namespace deepwell::app::rendering
