#include "ui/viewmodels/words.h"

#include "tests/support/test_main.h"

using namespace deepwell::ui;

class WordsTest : public QObject {
    Q_OBJECT
private slots:
    void figures_are_written_as_designed() {
        QCOMPARE(thousands_text(1204), QString("1,204"));
        QCOMPARE(gib_text(8912896000ull), QString("8.3 GiB"));
        QCOMPARE(gib_text(8912896000ull, 2), QString("8.30 GiB"));
        QCOMPARE(gib_text(57 * 1024 * 1024ull), QString("57 MiB"));
        QCOMPARE(timer_text(31'400), QString("0:31"));
        QCOMPARE(timer_text(3'727'000), QString("1:02:07"));
        QCOMPARE(seconds_text(41'000), QString("41 s"));
        QCOMPARE(seconds_text(79'000), QString("1 min 19 s"));
        QCOMPARE(seconds_text(300), QString("0.3 s"));
        QCOMPARE(stop_text(16384), QString("16k"));
    }
};

DEEPWELL_TEST(WordsTest)
#include "words_test.moc"
