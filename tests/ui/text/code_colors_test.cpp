#include "ui/text/code_colors.h"

#include "tests/support/test_main.h"

using namespace deepwell::ui;

class CodeColorsTest : public QObject {
    Q_OBJECT
private:
    static QString kinds(const QString& code, const QString& language) {
        static const char* const names[] = {"K", "S", "N", "C", "F"};
        QStringList out;
        for (const auto& span : code_spans(code, language)) {
            out << names[static_cast<int>(span.kind)] + (":" + code.mid(span.start, span.length));
        }
        return out.join('|');
    }

private slots:
    void cpp() {
        QCOMPARE(kinds("double f(int x) { return g(x) * 2.5; } // half\n\"a\\\"b\"", "cpp"),
                 QString("K:double|F:f|K:int|K:return|F:g|N:2.5|C:// half|S:\"a\\\"b\""));
    }
    void python() {
        QCOMPARE(kinds("def f(x):\n    '''doc'''\n    return None  # end", "python"),
                 QString("K:def|F:f|S:'''doc'''|K:return|K:None|C:# end"));
    }
    void unclosed_text_ends_with_its_line() {
        QCOMPARE(kinds("\"open\nint x", "cpp"), QString("S:\"open|K:int"));
    }
    void unclosed_comment_runs_to_the_end() {
        QCOMPARE(kinds("/* open\nint x", "cpp"), QString("C:/* open\nint x"));
    }
    void unknown_languages_stay_plain() { QVERIFY(code_spans("int x = 1;", "brainf").empty()); }
    void spans_ascend_and_stay_inside_data() {
        QTest::addColumn<QString>("language");
        for (const char* language : {"cpp", "python", "js", "sql", "bash", "json"}) {
            QTest::addRow("%s", language) << QString(language);
        }
    }
    void spans_ascend_and_stay_inside() {
        QFETCH(QString, language);
        // Anything at all: random letters of the alphabet that matters.
        quint32 state = 12345;
        const QString letters = "ab1\"'`/*#-\\\n ({=";
        for (int round = 0; round < 200; ++round) {
            QString code;
            for (int i = 0; i < 60; ++i) {
                state = state * 1664525u + 1013904223u;
                code +=
                    letters[static_cast<int>((state >> 16) % static_cast<quint32>(letters.size()))];
            }
            qsizetype at = 0;
            for (const auto& span : code_spans(code, language)) {
                QVERIFY2(span.start >= at && span.length > 0, qPrintable(code));
                at = span.start + span.length;
            }
            QVERIFY2(at <= code.size(), qPrintable(code));
        }
    }
};

DEEPWELL_TEST(CodeColorsTest)
#include "code_colors_test.moc"
