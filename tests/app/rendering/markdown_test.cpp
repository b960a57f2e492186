#include "app/rendering/markdown.h"

#include "tests/support/test_main.h"

using namespace deepwell::app::rendering;

namespace {

template <class T>
T only(const QString& source) {
    const Blocks blocks = parse_markdown(source);
    if (blocks.size() != 1 || !std::holds_alternative<T>(blocks.front())) {
        QTest::qFail(qPrintable(QStringLiteral("not one block of the kind: ") + source), __FILE__,
                     __LINE__);
        return {};
    }
    return std::get<T>(blocks.front());
}

}  // namespace

class MarkdownTest : public QObject {
    Q_OBJECT

private slots:
    void a_run_of_paragraphs_is_one_prose_block() {
        const Prose prose = only<Prose>("# One\n\ntwo **bold *both*** and `code`\n\n> quoted");
        QCOMPARE(prose.paragraphs.size(), std::size_t(3));
        QCOMPARE(prose.paragraphs[0].heading_level, 1);
        const auto& text = prose.paragraphs[1].content;
        QCOMPARE(text.text, QString("two bold both and code"));
        QCOMPARE(text.spans.size(), std::size_t(3));
        QCOMPARE(text.spans[0], (Span{4, 5, kBold, {}}));
        QCOMPARE(text.spans[1], (Span{9, 4, kBold | kItalic, {}}));
        QCOMPARE(text.spans[2], (Span{18, 4, kCode, {}}));
        QCOMPARE(prose.paragraphs[2].quote_depth, 1);
    }

    void lists_carry_markers_and_depth() {
        const Prose prose =
            only<Prose>("3. three\n4. four\n   - inner\n   - [x] done\n\n     more\n");
        QCOMPARE(prose.paragraphs[0].marker, QString("3."));
        QCOMPARE(prose.paragraphs[1].marker, QString("4."));
        QCOMPARE(prose.paragraphs[2].marker, QString("•"));
        QCOMPARE(prose.paragraphs[2].list_depth, 2);
        QCOMPARE(prose.paragraphs[3].marker, QString("☑"));
        QCOMPARE(prose.paragraphs[4].marker, QString());
        QCOMPARE(prose.paragraphs[4].list_depth, 2);
    }

    void code_keeps_its_text_to_the_letter() {
        // A fence of four holds fences of three (case H8).
        const Code code = only<Code>("````Python x\na\n```\n  $b$\n```\n````");
        QCOMPARE(code.language, QString("python"));
        QCOMPARE(code.text, QString("a\n```\n  $b$\n```"));
    }

    void tables_hold_formulas_with_bars() {
        const Table table = only<Table>("| a | b |\n|:-:|--:|\n| $|x|$ | **2** |\n");
        QCOMPARE(table.rows.size(), std::size_t(2));
        QCOMPARE(table.columns[0], Table::Alignment::Centre);
        QCOMPARE(table.columns[1], Table::Alignment::End);
        QCOMPARE(table.rows[1][0].text, QString("$|x|$"));
        QCOMPARE(table.rows[1][0].spans[0].style, unsigned(kFormula));
        QCOMPARE(table.rows[1][0].spans[0].target, QString("|x|"));
    }

    void block_formulas_part_a_paragraph() {
        const Blocks blocks = parse_markdown("So\n\\[\na = b\n\\]\nand on.");
        QCOMPARE(blocks.size(), std::size_t(3));
        QCOMPARE(std::get<Formula>(blocks[1]).tex, QString("a = b"));
        QCOMPARE(std::get<Prose>(blocks[2]).paragraphs[0].content.text, QString("and on."));
    }

    void money_stays_text_data() {
        QTest::addColumn<QString>("source");
        for (const char* source :
             {"I have $24000 and you have $40000", "from 5% to $1.23, then $4.56 (12%)",
              "pay **$1.50** for it, she makes $1.50", "$25 is more than $24"}) {
            QTest::newRow(source) << QString(source);
        }
    }
    void money_stays_text() {
        QFETCH(QString, source);
        const Prose prose = only<Prose>(source);
        QCOMPARE(prose.paragraphs[0].content.text, QString(source).remove("**"));
        for (const Span& span : prose.paragraphs[0].content.spans) {
            QVERIFY((span.style & kFormula) == 0);
        }
    }

    void what_a_model_writes_is_only_text() {
        const Prose html = only<Prose>("<script>alert(1)</script>");
        QCOMPARE(html.paragraphs[0].content.text, QString("<script>alert(1)</script>"));
        const Prose link = only<Prose>("[a](javascript:x) [b](https://b.example)");
        QCOMPARE(link.paragraphs[0].content.spans.size(), std::size_t(1));
        QCOMPARE(link.paragraphs[0].content.spans[0].target, QString("https://b.example"));
        const Code code = only<Code>(QStringLiteral("```\na\u202Eb\u0007\n```"));
        QCOMPARE(code.text, QStringLiteral("a[U+202E]b\u2407"));
    }

    void a_stream_does_not_flicker() {
        const QString whole = "One\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTwo\n\nx \\(y\\) z";
        bool table_seen = false;
        for (int length = 1; length <= whole.size(); ++length) {
            const Blocks blocks = parse_markdown(whole.left(length), {.still_open = true});
            for (const Block& block : blocks) {
                if (const auto* prose = std::get_if<Prose>(&block)) {
                    for (const auto& paragraph : prose->paragraphs) {
                        QVERIFY2(!paragraph.content.text.contains(u'|'),
                                 qPrintable(whole.left(length)));
                    }
                }
                table_seen = table_seen || std::holds_alternative<Table>(block);
            }
        }
        QVERIFY(table_seen);
    }

    void hostile_input_is_cut_not_slow() {
        QElapsedTimer timer;
        timer.start();
        const QString wide =
            "|" + QString("a|").repeated(1000) + "\n|" + QString("-|").repeated(1000);
        const Table table = only<Table>(wide);
        QCOMPARE(table.columns.size(), std::size_t(kMaxTableColumns));
        QCOMPARE(table.left_out_columns, 800);
        parse_markdown(QString("> ").repeated(200) + "deep");
        parse_markdown(QString("a").repeated(1'000'000));
        parse_markdown(QString("*").repeated(100'000));
        parse_markdown(QString("[").repeated(50'000));
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

DEEPWELL_TEST(MarkdownTest)
#include "markdown_test.moc"
