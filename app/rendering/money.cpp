#include "app/rendering/money.h"

#include <QRegularExpression>
#include <QString>

namespace deepwell::app::rendering {
namespace {

bool is_letter(QChar c) {
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

// The text without \commands and the braces that directly follow them.
QString without_commands(QStringView text) {
    QString rest;
    qsizetype i = 0;
    while (i < text.size()) {
        if (text[i] != u'\\') {
            rest += text[i++];
            continue;
        }
        ++i;
        if (i < text.size() && !is_letter(text[i])) {
            ++i;
            continue;
        }
        while (i < text.size() && is_letter(text[i])) ++i;
        while (i < text.size() && text[i] == u'{') {
            int depth = 0;
            do {
                if (text[i] == u'{') ++depth;
                if (text[i] == u'}') --depth;
                ++i;
            } while (i < text.size() && depth > 0);
        }
        rest += u' ';
    }
    return rest;
}

}  // namespace

bool is_money(QStringView content) {
    static const QRegularExpression amount(QStringLiteral(
        "^[0-9][0-9.,]*(?:\\s?(?:k|K|M|B|bn|mn|thousand|million|billion|trillion)\\b)?"));
    static const QRegularExpression word(QStringLiteral("\\p{L}{2,}"));
    static const QRegularExpression mathematics(QStringLiteral("[\\\\^_=+<>{}|]"));

    const QString text = content.toString();
    if (const auto match = amount.match(text); match.hasMatch()) {
        const QString rest = text.mid(match.capturedEnd());
        if (rest.startsWith(u'*') || rest.startsWith(u']')) return true;
        return word.match(without_commands(rest)).hasMatch();
    }
    return !mathematics.match(text).hasMatch() && text.count(word) >= 3;
}

}  // namespace deepwell::app::rendering
