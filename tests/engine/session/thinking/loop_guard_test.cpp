#include "engine/session/thinking/loop_guard.h"

#include <random>
#include <vector>

#include "tests/support/test_main.h"

using deepwell::engine::LoopFound;
using deepwell::engine::LoopGuard;

namespace {

// Feeds ids until the guard speaks; how many it took (0: it stayed silent).
std::size_t fed_until_found(const std::vector<int>& ids, std::optional<LoopFound>& found) {
    LoopGuard guard;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        found = guard.feed(ids[i], "x");
        if (found) return i + 1;
    }
    return 0;
}

std::vector<int> fresh(int count, int from) {
    std::vector<int> ids;
    for (int i = 0; i < count; ++i) ids.push_back(from + i);
    return ids;
}

}  // namespace

class LoopGuardTest : public QObject {
    Q_OBJECT

private slots:
    void a_piece_three_times_in_a_row_is_found_at_once_data() {
        QTest::addColumn<int>("piece");
        for (const int piece : {20, 38, 199, 200}) QTest::addRow("%d", piece) << piece;
    }
    void a_piece_three_times_in_a_row_is_found_at_once() {
        QFETCH(int, piece);
        std::vector<int> ids = fresh(77, 10'000);
        for (int repeat = 0; repeat < 5; ++repeat) {
            for (int i = 0; i < piece; ++i) ids.push_back(i);
        }
        std::optional<LoopFound> found;
        QCOMPARE(fed_until_found(ids, found), std::size_t(77 + 3 * piece));
        QCOMPARE(found->from_token, std::size_t(77 + piece));
        QCOMPARE(found->piece, std::size_t(piece));
        QCOMPARE(found->times, std::size_t(3));
    }

    void twice_or_longer_pieces_are_no_loop() {
        std::vector<int> ids;
        for (int repeat = 0; repeat < 2; ++repeat) {
            for (int i = 0; i < 150; ++i) ids.push_back(i);
        }
        for (int repeat = 0; repeat < 3; ++repeat) {
            for (int i = 0; i < 201; ++i) ids.push_back(1000 + i);
        }
        std::optional<LoopFound> found;
        QCOMPARE(fed_until_found(ids, found), std::size_t(0));
    }

    void one_word_for_ever_is_found_after_200_tokens() {
        std::vector<int> ids = fresh(10, 10'000);
        ids.insert(ids.end(), 500, 7);
        std::optional<LoopFound> found;
        QCOMPARE(fed_until_found(ids, found), std::size_t(210));
        QCOMPARE(found->from_token, std::size_t(11));
    }

    void a_line_eight_times_in_a_row_is_found() {
        LoopGuard guard;
        std::optional<LoopFound> found;
        int token = 0;
        int lines = 0;
        while (!found && lines < 20) {
            found = guard.feed(token++, "Check ");
            // The ids differ, the letters do not: only the rule of lines can see it.
            if (!found) found = guard.feed(token++, "again.\n");
            ++lines;
        }
        QCOMPARE(lines, 8);
        QCOMPARE(found->from_token, std::size_t(2));
    }

    void a_loop_with_variations_is_found_within_its_window() {
        std::mt19937 random(5);
        std::vector<int> ids;
        // Ten words in ever new order of three fixed sentences, each cut short now and then.
        while (ids.size() < 4000) {
            const int sentence = static_cast<int>(random() % 3);
            const int length = 8 + static_cast<int>(random() % 3);
            for (int i = 0; i < length; ++i) ids.push_back(100 * sentence + i);
        }
        std::optional<LoopFound> found;
        const std::size_t fed = fed_until_found(ids, found);
        QVERIFY2(fed > 0 && fed <= 1600, qPrintable(QString::number(fed)));
    }

    void ordinary_text_stays_unharmed() {
        std::mt19937 random(9);
        std::vector<int> ids;
        // Words by a steep distribution, as in language.
        for (int i = 0; i < 6000; ++i) {
            ids.push_back(static_cast<int>(std::pow(random() % 1000 / 1000.0, 3) * 3000));
        }
        std::optional<LoopFound> found;
        QCOMPARE(fed_until_found(ids, found), std::size_t(0));
    }
};

DEEPWELL_TEST(LoopGuardTest)
#include "loop_guard_test.moc"
