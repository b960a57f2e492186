#include "ui/text/prose_writer.h"

#include <QtGui/QAbstractTextDocumentLayout>
#include <QtGui/QTextBlock>
#include <QtGui/QTextDocument>
#include <QtGui/QTextLayout>

#include "app/rendering/markdown.h"
#include "tests/support/test_main.h"

using namespace deepwell::app::rendering;
using deepwell::ui::ProseStyle;
using deepwell::ui::ProseWriter;

namespace {

ProseStyle style() {
    ProseStyle style;
    style.font = QFont("Inter");
    style.font.setPixelSize(15);
    style.code_font = QFont("Hack");
    style.code_font.setPixelSize(13);
    style.link = QColor("#0B6670");
    return style;
}

// What a reader would see: text, formats of blocks and of stretches.
QString picture(const QTextDocument& document) {
    QString out;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QTextBlockFormat f = block.blockFormat();
        out += QString("[%1 %2 %3 %4 %5]")
                   .arg(f.topMargin())
                   .arg(f.bottomMargin())
                   .arg(f.leftMargin())
                   .arg(f.textIndent())
                   .arg(f.lineHeight());
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat c = it.fragment().charFormat();
            out += QString("<%1 %2 %3 %4>%5")
                       .arg(c.fontWeight())
                       .arg(c.fontItalic())
                       .arg(c.font().pixelSize() + 100 * c.font().letterSpacing())
                       .arg(c.anchorHref(), it.fragment().text());
        }
        out += '\n';
    }
    return out;
}

Prose prose_of(const QString& markdown, bool open) {
    for (const Block& block : parse_markdown(markdown, {open})) {
        if (const auto* prose = std::get_if<Prose>(&block)) return *prose;
    }
    return {};
}

}  // namespace

class ProseWriterTest : public QObject {
    Q_OBJECT
private slots:
    // A stream in pieces of every size ends in the same document as the whole text written at once.
    void growing_equals_writing_at_once() {
        const QString source =
            "# A *well*\n\nFirst **bold** and `code` text, [a link](https://example.org) too.\n\n"
            "- one\n- two with *more*\n  - deeper\n\n1. first\n2. second\n\n> a quote\n> of two "
            "lines\n\n"
            "The end of it.";
        for (int step : {1, 2, 3, 7, 19}) {
            QTextDocument grown;
            ProseWriter writer;
            for (int end = step; end < source.size() + step; end += step) {
                writer.update(grown, prose_of(source.left(end), end < source.size()), style());
            }
            QTextDocument whole;
            ProseWriter().rewrite(whole, prose_of(source, false), style());
            QCOMPARE(picture(grown), picture(whole));
        }
    }

    void what_stands_is_not_touched() {
        QTextDocument document;
        document.documentLayout();  // without a layout nothing is told
        ProseWriter writer;
        writer.update(document, prose_of("One paragraph.\n\nAnd ano", true), style());
        int first_changed = -1;
        connect(&document, &QTextDocument::contentsChange, this,
                [&](int position, int, int) { first_changed = position; });
        writer.update(document, prose_of("One paragraph.\n\nAnd another one", true), style());
        // Only behind "And ano" was anything written.
        QVERIFY2(first_changed >= QString("One paragraph.\nAnd ano").size(),
                 qPrintable(QString::number(first_changed)));
    }

    void paragraphs_that_go_are_taken_away() {
        QTextDocument document;
        ProseWriter writer;
        writer.update(document, prose_of("One.\n\nTwo.\n\nThree.", false), style());
        writer.update(document, prose_of("One.", false), style());
        QCOMPARE(document.toPlainText(), QString("One."));
        QTextDocument whole;
        ProseWriter().rewrite(whole, prose_of("One.", false), style());
        QCOMPARE(picture(document), picture(whole));
    }

    void quotes_have_their_rule() {
        QTextDocument document;
        ProseWriter writer;
        document.setTextWidth(500);
        writer.update(document, prose_of("Before.\n\n> quoted\n>\n> more\n\nAfter.", false),
                      style());
        const auto rects = writer.quotes(document);
        QCOMPARE(rects.size(), std::size_t(1));
        QVERIFY(rects[0].height() > 40);
    }

    void code_in_the_text_has_a_frame_beside_its_letters() {
        QTextDocument document;
        ProseWriter writer;
        document.setDocumentMargin(0);
        document.setTextWidth(500);
        writer.update(document, prose_of("With `s = √d` it is a quadratic.", false), style());
        const auto frames = writer.code(document);
        QCOMPARE(frames.size(), std::size_t(1));
        const QTextLine line = document.firstBlock().layout()->lineAt(0);
        const int start = static_cast<int>(document.toPlainText().indexOf("s ="));
        QVERIFY(frames[0].left() > line.cursorToX(start - 1));
        QVERIFY(frames[0].left() < line.cursorToX(start));
        QVERIFY(frames[0].right() > line.cursorToX(start + 5));
        QVERIFY(frames[0].right() < line.cursorToX(start + 6));
        QCOMPARE(document.toPlainText(), QString("With s = √d it is a quadratic."));
    }

    void right_to_left_paragraphs_are_set_so() {
        QTextDocument document;
        ProseWriter writer;
        writer.update(document, prose_of("English first.\n\nمرحبا بالعالم", false), style());
        QCOMPARE(document.firstBlock().blockFormat().layoutDirection(), Qt::LeftToRight);
        QCOMPARE(document.lastBlock().blockFormat().layoutDirection(), Qt::RightToLeft);
    }
};

DEEPWELL_TEST(ProseWriterTest)
#include "prose_writer_test.moc"
