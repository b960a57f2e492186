#include "app/generation/stop_text.h"

#include "tests/support/test_main.h"

using deepwell::app::StopText;

class StopTextTest : public QObject {
    Q_OBJECT
private slots:
    // Whatever the cut, the text before the earliest stop text comes out, and nothing else.
    void the_cut_does_not_matter() {
        const std::string text = "aab aaab ab END aa";
        const std::vector<std::string> stops = {"aaab", "END"};
        for (std::size_t length = 1; length <= text.size(); ++length) {
            StopText finder(stops);
            std::string shown;
            bool stopped = false;
            for (std::size_t at = 0; at < text.size() && !stopped; at += length) {
                const auto found = finder.feed(text.substr(at, length));
                shown += found.text;
                stopped = found.stop;
            }
            QVERIFY(stopped);
            QCOMPARE(shown, std::string("aab "));
        }
    }

    void what_was_held_back_comes_at_the_end() {
        StopText finder({"###", ""});
        QCOMPARE(finder.feed("a ##").text, std::string("a "));
        QCOMPARE(finder.finish(), std::string("##"));
    }
};

DEEPWELL_TEST(StopTextTest)
#include "stop_text_test.moc"
