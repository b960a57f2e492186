// Every file of the goldens against exact arithmetic, as their README demands.
#include "tests/engine/session/goldens.h"

#include <cmath>

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::tests;
using kernels::cpu::Isa;

namespace {

#define LOAD_OR_FAIL(model, ...)           \
    auto model = load_golden(__VA_ARGS__); \
    QVERIFY2(model, model ? "" : engine::describe(model.error()).c_str())

std::string figures(double value, double bound) {
    return QString::asprintf("nmse %.3g, bound %.3g", value, bound).toStdString();
}

}  // namespace

class GoldensTest : public QObject {
    Q_OBJECT

    std::vector<Golden> goldens_;

    void all_rows(bool (*takes)(const Golden&)) {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < goldens_.size(); ++i) {
            if (takes(goldens_[i])) {
                QTest::newRow(goldens_[i].name.c_str()) << static_cast<int>(i);
            }
        }
    }
    const Golden& row() {
        QFETCH(int, index);
        return goldens_[static_cast<std::size_t>(index)];
    }

private slots:
    void initTestCase() {
        if (!shared_dir().empty()) goldens_ = load_goldens(shared_dir() / "goldens");
    }
    void init() { DEEPWELL_NEEDS_SHARED(); }

    // The whole prompt as one batch, with each instruction set; with the best one also in odd
    // pieces and one by one, which must agree with it to the bit.
    void logits_hold_on_every_instruction_set_data() {
        all_rows([](const Golden&) { return true; });
    }
    void logits_hold_on_every_instruction_set() {
        const Golden& golden = row();
        const Isa best = kernels::cpu::best_isa();
        for (Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
            if (!kernels::cpu::isa_available(isa)) continue;
            engine::LoadOptions options;
            options.cache = engine::CacheType::F32;
            options.cpu.isa = isa;
            LOAD_OR_FAIL(model, golden, options);
            engine::Session session(*model);
            const int whole[] = {static_cast<int>(golden.tokens.size())};
            const auto logits = run_all(session, golden.tokens, whole);
            QVERIFY2(logits, logits ? "" : engine::describe(logits.error()).c_str());
            const double error = nmse(*logits, golden.logits);
            const double top1 = top1_agreement(*logits, golden.logits, golden.vocabulary);
            qInfo("%s %s: nmse %.3g (peer %.3g, ratio %.2f), top-1 %.3f (peer %.3f)",
                  golden.name.c_str(), kernels::cpu::isa_name(isa), error, golden.peer_nmse,
                  error / golden.peer_nmse, top1, golden.peer_top1);
            QVERIFY2(error <= golden.bound(), figures(error, golden.bound()).c_str());
            const double positions = static_cast<double>(golden.tokens.size());
            QVERIFY(std::lround(top1 * positions) >= std::lround(golden.peer_top1 * positions) - 2);

            if (isa != best) continue;
            const int odd[] = {1, 7, 32, 33};
            const auto pieces = run_all(session, golden.tokens, odd);
            QVERIFY(pieces);
            QVERIFY2(*pieces == *logits, "odd batches differ from one batch");
            const int one[] = {1};
            const auto single = run_all(session, golden.tokens, one);
            QVERIFY(single);
            QVERIFY2(*single == *logits, "token by token differs from one batch");
        }
    }

    void greedy_continuation_holds_data() {
        all_rows([](const Golden&) { return true; });
    }
    void greedy_continuation_holds() {
        const Golden& golden = row();
        const bool experts = !golden.greedy_router_margins.empty();
        if (experts && !golden.exact_weights()) QSKIP("experts, quantized: luck from the start");
        engine::LoadOptions options;
        options.cache = engine::CacheType::F32;
        LOAD_OR_FAIL(model, golden, options);
        engine::Session session(*model);
        const engine::StopFlag stop;
        auto logits = session.prefill(golden.tokens, {}, stop);
        int held = 0;
        for (std::size_t step = 0; step < golden.greedy.size(); ++step) {
            QVERIFY(logits);
            const double least = 12 * std::sqrt(golden.bound()) * golden.logits_std;
            if (golden.greedy_margins[step] < least) break;
            if (experts && golden.greedy_router_margins[step] < 0.002) break;
            QCOMPARE(largest(*logits), golden.greedy[step]);
            ++held;
            logits = session.decode(golden.greedy[step], stop);
        }
        qInfo("%s: %d of %zu steps demanded", golden.name.c_str(), held, golden.greedy.size());
    }

    // What the README's table allows a cache in F16 or Q8_0 to add.
    void caches_hold_data() {
        all_rows([](const Golden& golden) { return golden.exact_weights(); });
    }
    void caches_hold() {
        const Golden& golden = row();
        const bool latent = golden.architecture == "deepseek2";
        const struct {
            engine::CacheType type;
            double adds;
        } cases[] = {{engine::CacheType::F16, latent ? 2e-6 : 2.2e-7},
                     {engine::CacheType::Q8_0, latent ? 1e-3 : 1.2e-4}};
        for (const auto& [type, adds] : cases) {
            engine::LoadOptions options;
            options.cache = type;
            LOAD_OR_FAIL(model, golden, options);
            engine::Session session(*model);
            const int whole[] = {static_cast<int>(golden.tokens.size())};
            const auto logits = run_all(session, golden.tokens, whole);
            QVERIFY(logits);
            const double error = nmse(*logits, golden.logits);
            qInfo("%s, cache %s: nmse %.3g", golden.name.c_str(),
                  std::string(engine::cache_type_name(type)).c_str(), error);
            QVERIFY2(error <= 1e-6 + adds, figures(error, 1e-6 + adds).c_str());
            const int one[] = {1};
            const auto single = run_all(session, golden.tokens, one);
            QVERIFY(single);
            QVERIFY2(*single == *logits, "token by token differs from one batch");
        }
    }

    // Rotation depends on distances only: far positions give the same logits.
    void positions_far_out_hold_data() {
        all_rows([](const Golden& golden) { return golden.exact_weights(); });
    }
    void positions_far_out_hold() {
        const Golden& golden = row();
        engine::LoadOptions options;
        options.cache = engine::CacheType::F32;
        options.position_offset = 131072;
        LOAD_OR_FAIL(model, golden, options);
        engine::Session session(*model);
        const int whole[] = {static_cast<int>(golden.tokens.size())};
        const auto logits = run_all(session, golden.tokens, whole);
        QVERIFY(logits);
        const double error = nmse(*logits, golden.logits);
        qInfo("%s at 131072: nmse %.3g", golden.name.c_str(), error);
        QVERIFY2(error <= 1e-9, figures(error, 1e-9).c_str());
    }
};

DEEPWELL_TEST(GoldensTest)
#include "goldens_test.moc"
