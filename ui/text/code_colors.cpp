#include "ui/text/code_colors.h"

#include <QtCore/QSet>

namespace deepwell::ui {
namespace {

struct Language {
    QSet<QString> keywords;
    bool slash_comments = false;  // // and /* */
    bool hash_comments = false;
    bool dash_comments = false;
    bool triple_quotes = false;
    bool back_quotes = false;
    bool calls = true;
    bool any_case = false;
};

QSet<QString> words(const char* text) {
    const QStringList list = QString::fromLatin1(text).split(' ');
    return {list.begin(), list.end()};
}

// Which family a fence's label names; null: unknown.
const Language* language_of(const QString& name) {
    static const Language c_like{
        words(
            "alignas alignof auto bool break case catch char class concept const constexpr "
            "continue co_await co_return co_yield default delete do double else enum explicit "
            "export extern false final float for friend goto if inline int long mutable namespace "
            "new noexcept nullptr operator override private protected public requires return "
            "short signed sizeof static static_cast struct switch template this throw true try "
            "typedef typename union unsigned using virtual void volatile while __global__ "
            "__device__ __shared__ fn let mut impl trait match pub use mod crate self where loop "
            "ref move dyn func package import var range type interface map chan defer go select "
            "abstract boolean byte extends finally implements instanceof native super "
            "synchronized throws transient string decimal foreach in is null object out readonly "
            "async await yield"),
        true,
        false,
        false,
        false,
        false,
        true,
        false};
    static const Language script{
        words("async await break case catch class const continue debugger default delete do else "
              "enum export extends false finally for from function get if implements import in "
              "instanceof interface let new null of package private protected public return set "
              "static super switch this throw true try type typeof undefined var void while with "
              "yield property signal readonly required"),
        true,
        false,
        false,
        false,
        true,
        true,
        false};
    static const Language python{
        words("and as assert async await break class continue def del elif else except False "
              "finally for from global if import in is lambda None nonlocal not or pass raise "
              "return True try while with yield match case self"),
        false,
        true,
        false,
        true,
        false,
        true,
        false};
    static const Language shell{
        words("if then else elif fi for while until do done case esac in function return local "
              "export set unset echo cd exit source"),
        false,
        true,
        false,
        false,
        false,
        false,
        false};
    static const Language sql{
        words("select from where and or not insert into values update set delete create table drop "
              "alter add primary key foreign references join left right inner outer full on group "
              "by order having limit offset as distinct union all exists in between like is null "
              "over partition rows case when then else end with index view begin commit rollback"),
        false,
        false,
        true,
        false,
        false,
        true,
        true};
    static const Language data{
        words("true false null"), false, false, false, false, false, false, false};
    static const QHash<QString, const Language*> names{
        {"c", &c_like},    {"cpp", &c_like},        {"c++", &c_like},    {"cc", &c_like},
        {"h", &c_like},    {"hpp", &c_like},        {"cuda", &c_like},   {"cu", &c_like},
        {"rust", &c_like}, {"rs", &c_like},         {"go", &c_like},     {"java", &c_like},
        {"cs", &c_like},   {"csharp", &c_like},     {"kotlin", &c_like}, {"swift", &c_like},
        {"js", &script},   {"javascript", &script}, {"ts", &script},     {"typescript", &script},
        {"jsx", &script},  {"tsx", &script},        {"qml", &script},    {"php", &script},
        {"py", &python},   {"python", &python},     {"sh", &shell},      {"bash", &shell},
        {"shell", &shell}, {"zsh", &shell},         {"sql", &sql},       {"json", &data}};
    return names.value(name.toLower(), nullptr);
}

bool begins_word(QChar c) {
    return c.isLetter() || c == '_';
}
bool in_word(QChar c) {
    return c.isLetterOrNumber() || c == '_';
}

}  // namespace

std::vector<CodeSpan> code_spans(const QString& code, const QString& name) {
    std::vector<CodeSpan> spans;
    const Language* language = language_of(name);
    if (language == nullptr) return spans;
    const qsizetype size = code.size();
    const auto starts = [&](qsizetype at, QLatin1StringView text) {
        return QStringView(code).mid(at).startsWith(text);
    };
    const auto add = [&](qsizetype start, qsizetype end, CodeSpan::Kind kind) {
        spans.push_back({start, end - start, kind});
        return end;
    };
    const auto find_or_end = [&](QLatin1StringView text, qsizetype from) {
        const qsizetype found = code.indexOf(text, from);
        return found < 0 ? size : found + text.size();
    };
    const auto line_end = [&](qsizetype from) {
        const qsizetype found = code.indexOf('\n', from);
        return found < 0 ? size : found;
    };
    qsizetype at = 0;
    while (at < size) {
        const QChar c = code[at];
        if ((language->slash_comments && starts(at, QLatin1StringView("//"))) ||
            (language->hash_comments && c == '#') ||
            (language->dash_comments && starts(at, QLatin1StringView("--")))) {
            at = add(at, line_end(at), CodeSpan::Kind::Comment);
        } else if (language->slash_comments && starts(at, QLatin1StringView("/*"))) {
            at = add(at, find_or_end(QLatin1StringView("*/"), at + 2), CodeSpan::Kind::Comment);
        } else if (language->triple_quotes && (starts(at, QLatin1StringView("\"\"\"")) ||
                                               starts(at, QLatin1StringView("'''")))) {
            const QString quote = code.mid(at, 3);
            const qsizetype found = code.indexOf(quote, at + 3);
            at = add(at, found < 0 ? size : found + 3, CodeSpan::Kind::String);
        } else if (c == '"' || c == '\'' || (language->back_quotes && c == '`')) {
            qsizetype end = at + 1;
            while (end < size && code[end] != c && (c == '`' || code[end] != '\n')) {
                end += code[end] == '\\' ? 2 : 1;
            }
            at = add(at, std::min(size, end < size && code[end] == c ? end + 1 : end),
                     CodeSpan::Kind::String);
        } else if (c.isDigit()) {
            qsizetype end = at + 1;
            while (end < size && (in_word(code[end]) || code[end] == '.')) ++end;
            at = add(at, end, CodeSpan::Kind::Number);
        } else if (begins_word(c)) {
            qsizetype end = at + 1;
            while (end < size && in_word(code[end])) ++end;
            const QString word = code.mid(at, end - at);
            if (language->keywords.contains(language->any_case ? word.toLower() : word)) {
                add(at, end, CodeSpan::Kind::Keyword);
            } else if (language->calls && end < size && code[end] == '(') {
                add(at, end, CodeSpan::Kind::Function);
            }
            at = end;
        } else {
            ++at;
        }
    }
    return spans;
}

}  // namespace deepwell::ui
