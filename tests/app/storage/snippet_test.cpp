// The line of a search result: what a model marked up is plain words, and the places of the hits
// stay on their words.
#include "app/storage/rows/plain_words.h"
#include "app/storage/rows/search_rows.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;

class SnippetTest : public QObject {
    Q_OBJECT
private slots:
    void marks_are_left_out_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* source, const char* wanted) {
            QTest::addRow("%s", source) << QString(source) << QString(wanted);
        };
        row("## The well is **38.2 m** deep", "The well is 38.2 m deep");
        row("a *weak* and a __strong__ word, ~~gone~~", "a weak and a strong word, gone");
        row("***both*** at once", "both at once");
        row("call `snake_case(a*b)` now", "call snake_case(a*b) now");
        row("a snake_case_name and 2*3*4", "a snake_case_name and 2*3*4");
        row("2 * 3 and 4 ** 2", "2 * 3 and 4 ** 2");
        row("- one\n* two\n+ three", "· one\n· two\n· three");
        row("> said\n> > twice", "said\ntwice");
        row("see [the page](https://example.org/a_b) and ![a well](w.png)",
            "see the page and a well");
        row("[not a link] (really)", "[not a link] (really)");
        row("```cpp\nint x;\n```", "\nint x;\n");
        row("| Time | Depth |\n|:---|---:|\n| 2.9 s | 38.2 m |",
            "Time · Depth \n\n2.9 s · 38.2 m ");
        row("a | b stays", "a | b stays");
        row("---\nafter a rule", "\nafter a rule");
        row("\\(t = 2\\) and \\[d\\] and $$c$$", "t = 2 and d and c");
        row("costs $5, not $6", "costs $5, not $6");
        row("a \\* b and \\# c, but C:\\path", "a * b and # c, but C:\\path");
        row("#hashtag and C# stay", "#hashtag and C# stay");
        row("**cut off", "cut off");
        row("`cut off", "cut off");
        row("[cut](http://exa", "cut");
        row("", "");
    }
    void marks_are_left_out() {
        QFETCH(QString, source);
        QFETCH(QString, wanted);
        const std::string bytes = source.toStdString();
        const PlainWords words = without_markup(bytes, true);
        QCOMPARE(QString::fromStdString(words.text), wanted);
        QCOMPARE(words.places.size(), bytes.size() + 1);
        QVERIFY(std::is_sorted(words.places.begin(), words.places.end()));
        QVERIFY(words.places.back() <= words.text.size());
    }

    void hits_stay_on_their_words() {
        const std::string answer =
            "# Result\n\nWith `s = √d` this is a **quadratic** equation; the *quadratic*\n"
            "formula gives | it |.";
        const Snippet snippet = cut_snippet(answer, "quadratic", Markup::Markdown);
        QCOMPARE(snippet.text,
                 std::string("With s = √d this is a quadratic equation; the quadratic "
                             "formula gives | it |."));
        QCOMPARE(snippet.matches.size(), std::size_t(2));
        for (const auto& match : snippet.matches) {
            QCOMPARE(snippet.text.substr(match.start, match.length), std::string("quadratic"));
        }
    }

    void a_question_stays_as_it_was_typed() {
        const Snippet snippet = cut_snippet("What is **this**?", "this", Markup::Written);
        QCOMPARE(snippet.text, std::string("What is **this**?"));
        QCOMPARE(snippet.matches.at(0).start, std::size_t(10));
    }

    void a_piece_from_the_middle_is_cut_at_whole_letters() {
        std::string answer;
        for (int i = 0; i < 60; ++i) answer += "水**井** ";
        answer += "needle and what follows";
        for (int i = 0; i < 60; ++i) answer += " **水井**";
        const Snippet snippet = cut_snippet(answer, "needle", Markup::Markdown);
        QVERIFY(snippet.text.starts_with("…") && snippet.text.ends_with("…"));
        QVERIFY(snippet.text.find('*') == std::string::npos);
        const QString shown = QString::fromStdString(snippet.text);
        QVERIFY(!shown.contains(QChar::ReplacementCharacter));
        const auto& match = snippet.matches.at(0);
        QCOMPARE(snippet.text.substr(match.start, match.length), std::string("needle"));
    }
};

DEEPWELL_TEST(SnippetTest)
#include "snippet_test.moc"
