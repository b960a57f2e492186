// A made-up device with a budget walks the ladder of memory steps (reliability row 13).
#include "app/models/memory_ladder.h"

#include "tests/support/test_main.h"

using namespace deepwell::app;

namespace {

constexpr std::uint64_t kGib = 1ULL << 30;

// 4 GiB of weights over 32 layers, 64 KiB of cache a token in F16, 1 MiB of work a token of batch.
deepwell::engine::Result<MemoryNeed> need_of(const VariantPlan& plan) {
    MemoryNeed need;
    const std::uint64_t layers = plan.card_layers < 0 ? 32 : std::uint64_t(plan.card_layers);
    const bool cpu = plan.device == "cpu";
    const std::uint64_t on_card = cpu ? 0 : 4 * kGib / 32 * layers;
    std::uint64_t cache = std::uint64_t(plan.context) * 65536;
    if (plan.cache == CacheType::Q8_0) cache /= 2;
    need.card_weights = on_card;
    need.weights = 4 * kGib - on_card;
    (cpu ? need.cache : need.card_cache) = cache;
    (cpu ? need.workspace : need.card_workspace) = std::uint64_t(plan.batch) << 20;
    return need;
}

VariantPlan plan_of(int context) {
    VariantPlan plan;
    plan.file = "model.gguf";
    plan.context = context;
    return plan;
}

FreeMemory with_card(std::uint64_t card) {
    return {64 * kGib, 64 * kGib, card, 24 * kGib};
}

std::vector<LadderStep::Kind> kinds(const std::vector<LadderStep>& steps) {
    std::vector<LadderStep::Kind> all;
    for (const LadderStep& step : steps) all.push_back(step.kind);
    return all;
}

}  // namespace

using Kind = LadderStep::Kind;

class MemoryLadderTest : public QObject {
    Q_OBJECT
private slots:
    void every_step_that_is_offered_fits() {
        for (std::uint64_t mib = 256; mib <= 9000; mib += 250) {
            const FreeMemory free = with_card(mib << 20);
            const auto steps = memory_ladder(plan_of(32768), 131072, 32, free, need_of);
            QVERIFY(!steps.empty());
            for (const LadderStep& step : steps) {
                if (step.kind == Kind::OtherModel) continue;
                const auto need = need_of(step.plan);
                QVERIFY(need->card() <= free.card && need->main() <= free.main);
                QCOMPARE(step.need.card(), need->card());
                QVERIFY(!step.text.empty() && !step.price.empty());
            }
        }
    }

    void the_steps_come_in_their_order() {
        // 4.5 GiB: not with 32,768 of context (2 GiB), with little of it.
        const auto steps =
            memory_ladder(plan_of(32768), 131072, 32, with_card(4 * kGib + kGib / 2), need_of);
        QCOMPARE(kinds(steps),
                 (std::vector<Kind>{Kind::ShorterContext, Kind::FewerCardLayers, Kind::UseCpu}));
        QCOMPARE(steps[0].plan.context, 4096);
        QVERIFY(steps[0].asks);
        QCOMPARE(steps[0].text, std::string("A context of 4,096 tokens"));
    }

    void a_smaller_batch_needs_no_question() {
        const auto steps =
            memory_ladder(plan_of(8192), 8192, 32, with_card(4 * kGib + 640 * (1U << 20)), need_of);
        QCOMPARE(steps.front().kind, Kind::SmallerBatch);
        QVERIFY(!steps.front().asks);
    }

    void a_cache_of_8_bits_is_offered_where_it_is_enough() {
        const auto steps =
            memory_ladder(plan_of(32768), 131072, 32, with_card(5 * kGib + kGib / 2), need_of);
        const auto all = kinds(steps);
        QVERIFY(std::find(all.begin(), all.end(), Kind::SmallerCache) != all.end());
    }

    void nothing_fits_on_a_small_computer() {
        const FreeMemory free{kGib, 2 * kGib, 0, 0};
        VariantPlan plan = plan_of(8192);
        plan.device = "cpu";
        const auto steps = memory_ladder(plan, 8192, 32, free, need_of);
        QCOMPARE(kinds(steps), std::vector<Kind>{Kind::OtherModel});
    }
};

DEEPWELL_TEST(MemoryLadderTest)
#include "memory_ladder_test.moc"
