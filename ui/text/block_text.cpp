#include "ui/text/block_text.h"

#include <QtGui/QAbstractTextDocumentLayout>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>

#include "ui/text/code_colors.h"

namespace deepwell::ui {

using namespace app::rendering;

namespace {

constexpr int kLongCode = 400;  // lines; longer code is folded to maximumLines

// The names that people write, for the names that models write.
QString shown_language(const QString& language) {
    static const QHash<QString, QString> names{{"cpp", "C++"},       {"c++", "C++"},
                                               {"cc", "C++"},        {"c", "C"},
                                               {"python", "Python"}, {"py", "Python"},
                                               {"js", "JavaScript"}, {"javascript", "JavaScript"},
                                               {"ts", "TypeScript"}, {"typescript", "TypeScript"},
                                               {"bash", "Shell"},    {"sh", "Shell"},
                                               {"shell", "Shell"},   {"rust", "Rust"},
                                               {"go", "Go"},         {"java", "Java"},
                                               {"json", "JSON"},     {"html", "HTML"},
                                               {"css", "CSS"},       {"sql", "SQL"},
                                               {"cuda", "CUDA"},     {"cs", "C#"},
                                               {"csharp", "C#"},     {"qml", "QML"},
                                               {"yaml", "YAML"},     {"xml", "XML"},
                                               {"latex", "LaTeX"},   {"tex", "TeX"}};
    return names.value(language, language);
}

}  // namespace

void BlockText::setBlock(const QVariant& block) {
    value_ = block;
    Block next = block.canConvert<Block>() ? block.value<Block>() : Block{Rule{}};
    if (next == block_) return;
    const bool same_kind = next.index() == block_.index();
    block_ = std::move(next);
    if (!ready()) return;
    if (!same_kind) {
        rewrite();
    } else if (const auto* prose = std::get_if<Prose>(&block_)) {
        prose_.update(*text(), *prose, style());
        measure();
    } else if (const auto* code = std::get_if<Code>(&block_)) {
        writeCode(code->text, false);
    } else {
        rewrite();
    }
}

void BlockText::setCodeFont(const QFont& font) {
    if (code_font_ == font) return;
    code_font_ = font;
    rewriteSoon();
}

void BlockText::setFactor(qreal factor) {
    if (factor_ == factor) return;
    factor_ = factor;
    rewriteSoon();
}

void BlockText::setLinkColor(const QColor& color) {
    if (link_ == color) return;
    link_ = color;
    rewriteSoon();
}

void BlockText::setCodeColors(const QList<QColor>& colors) {
    if (code_colors_ == colors) return;
    code_colors_ = colors;
    rewriteSoon();
}

void BlockText::setMaximumLines(int lines) {
    if (maximum_lines_ == lines) return;
    maximum_lines_ = lines;
    rewriteSoon();
}

QString BlockText::language() const {
    const auto* code = std::get_if<Code>(&block_);
    return code != nullptr ? shown_language(code->language) : QString();
}

void BlockText::copyAll() const {
    if (const auto* code = std::get_if<Code>(&block_)) {
        QGuiApplication::clipboard()->setText(code->text);
    }
}

void BlockText::componentComplete() {
    DocumentFiller::componentComplete();
    if (QTextDocument* document = text()) {
        connect(document->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
                &BlockText::measure);
    }
}

void BlockText::rewrite() {
    QTextDocument& document = *text();
    if (const auto* prose = std::get_if<Prose>(&block_)) {
        prose_.rewrite(document, *prose, style());
        measure();
    } else if (const auto* code = std::get_if<Code>(&block_)) {
        writeCode(code->text, true);
    } else if (const auto* formula = std::get_if<Formula>(&block_)) {
        document.clear();
        QTextCursor cursor(&document);
        cursor.setBlockFormat(lineFormat({}));
        cursor.insertText(formula->tex);
    }
}

ProseStyle BlockText::style() const {
    return {font_, code_font_, line_height_, factor_, link_};
}

void BlockText::measure() {
    if (!ready() || !std::holds_alternative<Prose>(block_)) return;
    const auto take = [](const std::vector<QRectF>& now, QList<QRectF>& kept) {
        QList<QRectF> list(now.begin(), now.end());
        if (list == kept) return false;
        kept = std::move(list);
        return true;
    };
    if (take(prose_.quotes(*text()), quotes_)) emit quotesChanged();
    if (take(prose_.code(*text()), code_frames_)) emit codeFramesChanged();
}

void BlockText::writeCode(const QString& code, bool again) {
    lines_ = static_cast<int>(code.count('\n')) + 1;
    QString shown = code;
    hidden_lines_ = 0;
    if (maximum_lines_ > 0 && lines_ > kLongCode) {
        qsizetype end = -1;
        for (int i = 0; i < maximum_lines_; ++i) end = code.indexOf('\n', end + 1);
        shown = code.left(end);
        hidden_lines_ = lines_ - maximum_lines_;
    }
    QTextDocument& document = *text();
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    // A line that only grew may change its colours: it is written again from its beginning.
    qsizetype kept = 0;
    if (!again && shown.startsWith(written_code_)) kept = written_code_.lastIndexOf('\n') + 1;
    if (kept == 0) {
        document.clear();
        cursor.movePosition(QTextCursor::Start);
    } else {
        cursor.setPosition(static_cast<int>(kept));
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    }
    QTextBlockFormat format = lineFormat({});
    format.setNonBreakableLines(false);
    if (kept == 0) cursor.setBlockFormat(format);
    const auto spans = code_spans(shown, std::get<Code>(block_).language);
    QTextCharFormat plain;
    plain.setFont(font_);
    qsizetype at = kept;
    const auto put = [&](qsizetype end, const QTextCharFormat& style) {
        if (end > at) cursor.insertText(shown.mid(at, end - at), style);
        at = std::max(at, end);
    };
    for (const CodeSpan& span : spans) {
        if (span.start + span.length <= at) continue;
        put(span.start, plain);
        QTextCharFormat colored = plain;
        const auto index = static_cast<qsizetype>(span.kind);
        if (index < code_colors_.size()) colored.setForeground(code_colors_[index]);
        put(span.start + span.length, colored);
    }
    put(shown.size(), plain);
    cursor.endEditBlock();
    written_code_ = shown;
    emit codeChanged();
}

}  // namespace deepwell::ui
