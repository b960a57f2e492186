// Every item once, whatever the threads; stops between items.
#include "kernels/cpu/thread_pool.h"

#include <atomic>
#include <vector>

#include "tests/support/test_main.h"

using namespace deepwell::kernels::cpu;

class ThreadPoolTest : public QObject {
    Q_OBJECT

private slots:
    void runs_every_item_once() {
        for (const int threads : {1, 2, 3, 5}) {
            ThreadPool pool(threads);
            QCOMPARE(pool.threads(), threads);
            for (const std::int64_t items : {0, 1, 2, 7, 100, 1000}) {
                for (int round = 0; round < 20; ++round) {
                    std::vector<std::atomic<int>> times(static_cast<std::size_t>(items));
                    QVERIFY(pool.run(items, [&](std::int64_t item) {
                        times[static_cast<std::size_t>(item)].fetch_add(1);
                    }));
                    for (const auto& count : times) QCOMPARE(count.load(), 1);
                }
            }
        }
    }

    void gives_each_thread_its_own_number() {
        ThreadPool pool(3);
        std::vector<std::atomic<int>> inside(3);
        std::atomic<bool> shared{false};
        QVERIFY(pool.run_with_thread(300, [&](std::int64_t, int thread) {
            auto& mine = inside[static_cast<std::size_t>(thread)];
            if (mine.fetch_add(1) != 0) shared = true;
            mine.fetch_sub(1);
        }));
        QVERIFY(!shared);
    }

    void threads_that_fell_asleep_are_woken() {
        ThreadPool pool(2);
        for (int round = 0; round < 5; ++round) {
            std::atomic<int> done{0};
            QVERIFY(pool.run(4, [&](std::int64_t) { done.fetch_add(1); }));
            QCOMPARE(done.load(), 4);
            QTest::qWait(2);  // far longer than the threads spin
        }
    }

    void stops_between_items() {
        ThreadPool pool(2);
        std::atomic<int> done{0};
        const Stop stop{[](const void* count) {
                            return static_cast<const std::atomic<int>*>(count)->load() >= 10;
                        },
                        &done};
        QVERIFY(!pool.run(
            1000000, [&](std::int64_t) { done.fetch_add(1); }, stop));
        QVERIFY(done.load() < 20);
        QVERIFY(!pool.run(
            10, [&](std::int64_t) { done.fetch_add(1000); }, stop));
        QVERIFY(done.load() < 1000);
        done = 0;
        QVERIFY(pool.run(
            5, [&](std::int64_t) { done.fetch_add(1); }, stop));
    }

    void uses_at_least_one_thread() { QVERIFY(usable_threads() >= 1); }
};

DEEPWELL_TEST(ThreadPoolTest)
#include "thread_pool_test.moc"
