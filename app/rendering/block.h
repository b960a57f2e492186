// What an answer is made of, as values: the window makes a row of each block, exports print them.
//
// Offsets and lengths are UTF-16 code units of the QString that they belong to, so that they can be
// handed to QTextCursor as they are. All types compare by value: the list of a conversation keeps
// every block that did not change (equal blocks from the front are never touched again).
#pragma once

#include <QString>
#include <variant>
#include <vector>

namespace deepwell::app::rendering {

// How a stretch of text differs from plain. Flags add up.
enum TextStyle : unsigned {
    kBold = 1,
    kItalic = 2,
    kStrikethrough = 4,
    kCode = 8,      // code in text
    kLink = 16,     // `target` of the span says where to
    kFormula = 32,  // inline formula: the text is the source with its delimiters, `target` the TeX
};

struct Span {
    int start = 0;
    int length = 0;
    unsigned style = 0;  // TextStyle flags
    QString target;      // of links (only http, https and mailto) and formulas
    bool operator==(const Span&) const = default;
};

// A line of styled text: a paragraph, a heading, a cell. Spans ascend and do not overlap; what no
// span covers is plain. Line breaks inside are U+2028.
struct StyledText {
    QString text;
    std::vector<Span> spans;
    bool operator==(const StyledText&) const = default;
};

struct Paragraph {
    enum class Kind { Text, Heading, ListItem };
    Kind kind = Kind::Text;
    int heading_level = 0;  // 1 … 6 for headings
    int list_depth = 0;     // 1 for the items of an outer list and whatever stands in them
    int quote_depth = 0;
    QString marker;  // ListItem: "•", "3.", "☐" or "☑"; empty for an item's later paragraphs
    bool tight = false;          // stands in a list without blank lines: no space above
    bool right_to_left = false;  // by the first strong letter
    StyledText content;
    bool operator==(const Paragraph&) const = default;
};

// A run of paragraphs between two special blocks: one text item of the window.
struct Prose {
    std::vector<Paragraph> paragraphs;
    bool operator==(const Prose&) const = default;
};

struct Code {
    QString language;  // first word of the fence's label, lower case; empty if none
    QString text;      // without the fences and the last newline
    int list_depth = 0;
    int quote_depth = 0;
    bool operator==(const Code&) const = default;
};

struct Table {
    enum class Alignment { Start, Centre, End };
    std::vector<Alignment> columns;
    std::vector<std::vector<StyledText>> rows;  // the first one is the head
    int left_out_columns = 0;                   // beyond kMaxTableColumns, not shown
    int list_depth = 0;
    bool operator==(const Table&) const = default;
};

struct Formula {
    QString tex;     // without delimiters, trimmed
    QString source;  // as the model wrote it
    int list_depth = 0;
    bool operator==(const Formula&) const = default;
};

struct Rule {
    bool operator==(const Rule&) const = default;
};

using Block = std::variant<Prose, Code, Table, Formula, Rule>;
using Blocks = std::vector<Block>;

// Limits of reliability row 18: what is beyond them is cut, with a note in the text.
inline constexpr int kMaxTableColumns = 200;
inline constexpr int kMaxNesting = 100;
inline constexpr int kMaxBlockCharacters = 1'000'000;

}  // namespace deepwell::app::rendering
