#include "app/models/memory.h"

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::app;
using namespace deepwell::tests;

class MemoryTest : public QObject {
    Q_OBJECT
private slots:
    void fits_tight_and_too_large() {
        FreeMemory free;
        free.main = 1000;
        MemoryNeed need;
        const auto fit = [&](std::uint64_t weights) {
            need.weights = weights;
            return fit_of(need, free);
        };
        QCOMPARE(fit(920), Fit::Fits);
        QCOMPARE(fit(921), Fit::Tight);
        QCOMPARE(fit(1000), Fit::Tight);
        QCOMPARE(fit(1001), Fit::TooLarge);
        // The card counts by itself; what is mapped does not count.
        need = {};
        need.mapped = 5000;
        QCOMPARE(fit_of(need, free), Fit::Fits);
        need.card_weights = 10;
        QCOMPARE(fit_of(need, free), Fit::TooLarge);
    }

    void stops_of_the_context() {
        QCOMPARE(context_stops(131072).size(), std::size_t(7));
        QCOMPARE(context_stops(131072).back(), 131072);
        QCOMPARE(context_stops(10000), (std::vector<int>{2048, 4096, 8192}));
        QCOMPARE(context_stops(512), std::vector<int>{512});
    }

    void this_computer_has_some_memory() {
        const FreeMemory free = free_memory();
        QVERIFY(free.main > 0);
        QVERIFY(free.main <= free.main_total);
    }

    // J5: the cache's type counts.
    void the_need_follows_context_and_cache() {
        DEEPWELL_NEEDS_SHARED();
        VariantPlan plan;
        plan.file = shared_dir() / "goldens" / "qwen2-tied.Q8_0.gguf";
        plan.device = "cpu";
        plan.context = 8192;
        const auto half = memory_need(plan);
        QVERIFY(half.has_value());
        plan.context = 16384;
        const auto whole = memory_need(plan);
        QCOMPARE(whole->cache, half->cache * 2);
        QCOMPARE(whole->weights, half->weights);
        plan.cache = CacheType::F32;
        QCOMPARE(memory_need(plan)->cache, whole->cache * 2);
        plan.cache = CacheType::Q8_0;
        QVERIFY(memory_need(plan)->cache < whole->cache * 6 / 10);
        FreeMemory free;
        free.main = half->main() + half->cache / 2;
        plan.cache = CacheType::F16;
        QCOMPARE(largest_context(plan, 131072, free), 8192);
    }
};

DEEPWELL_TEST(MemoryTest)
#include "memory_test.moc"
