// What a session promises, on tiny models with made-up weights.
#include <algorithm>
#include <chrono>
#include <thread>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/bench/bench.h"
#include "engine/models/architecture.h"
#include "tests/engine/session/tiny_shapes.h"
#include "tests/support/allocation_meter.h"
#include "tests/support/test_main.h"

using namespace deepwell;
using namespace deepwell::tests;
using engine::ErrorCode;
using engine::StopFlag;

namespace {

#define LOAD_TINY(model, ...)            \
    auto model = load_tiny(__VA_ARGS__); \
    QVERIFY2(model, model ? "" : engine::describe(model.error()).c_str())

std::vector<float> copy(std::span<const float> values) {
    return {values.begin(), values.end()};
}

// Runs a plan cut over two CPU backends, as it would be over the CPU and a card.
std::vector<float> run_cut(const engine::ModelDescription& description,
                           std::span<const engine::TokenId> tokens, bool experts_apart) {
    auto plan = engine::build_plan(description);
    if (!plan) return {};
    engine::Placement placement = engine::Placement::last_layers(*plan, 1, 1);
    if (experts_apart) {
        placement = engine::Placement::all(*plan, 1);
        placement.experts_to(0, plan->block_count, 0);
    }
    const auto segments = engine::cut(*plan, placement);
    engine::Limits limits;
    limits.context = 200;
    limits.batch = limits.max_logits = 48;
    auto weights = std::make_shared<engine::bench::RandomWeights>(description);
    std::vector<std::unique_ptr<engine::Program>> programs;
    engine::CpuBackend backends[2] = {engine::CpuBackend({}), engine::CpuBackend({})};
    for (int b = 0; b < 2; ++b) {
        const auto own = engine::segments_of(segments, b);
        auto layout = backends[b].lay_out(*plan, own, limits);
        if (!layout) return {};
        auto program = backends[b].compile(*plan, *layout, weights, {}, StopFlag());
        if (!program) return {};
        programs.push_back(std::move(*program));
    }
    engine::Executor executor(*plan, segments, std::move(programs), limits);
    std::vector<float> all;
    for (std::size_t done = 0; done < tokens.size(); done += 48) {
        const auto batch = tokens.subspan(done, std::min<std::size_t>(48, tokens.size() - done));
        std::vector<std::int32_t> wanted(batch.size());
        for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = static_cast<std::int32_t>(i);
        auto logits = executor.run({batch, wanted}, StopFlag());
        if (!logits) return {};
        all.insert(all.end(), logits->begin(), logits->end());
    }
    return all;
}

}  // namespace

class SessionTest : public QObject {
    Q_OBJECT

    static void shapes_and_mixes() {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("mix");
        for (std::size_t i = 0; i < tiny_shapes().size(); ++i) {
            for (const char* mix : {"F32", "Q8_0", "Q4_K_M"}) {
                QTest::addRow("%s %s", tiny_shapes()[i].name.data(), mix)
                    << static_cast<int>(i) << QString(mix);
            }
        }
    }

private slots:
    void fused_operations_equal_single_steps_data() { shapes_and_mixes(); }
    void fused_operations_equal_single_steps() {
        QFETCH(int, index);
        QFETCH(QString, mix);
        const auto& shape = tiny_shapes()[static_cast<std::size_t>(index)];
        const auto tokens = some_tokens(100, shape.vocabulary);
        LOAD_TINY(fused, shape, mix.toStdString());
        engine::LoadOptions options;
        options.cpu.fuse = false;
        LOAD_TINY(single, shape, mix.toStdString(), options);
        engine::Session a(*fused), b(*single);
        const auto logits = all_logits(a, tokens);
        QVERIFY(!logits.empty());
        QVERIFY(
            std::all_of(logits.begin(), logits.end(), [](float x) { return std::isfinite(x); }));
        QVERIFY(logits == all_logits(b, tokens));
    }

    void a_plan_cut_in_two_gives_the_same_bits_data() { shapes_and_mixes(); }
    void a_plan_cut_in_two_gives_the_same_bits() {
        QFETCH(int, index);
        QFETCH(QString, mix);
        const auto& shape = tiny_shapes()[static_cast<std::size_t>(index)];
        const auto tokens = some_tokens(100, shape.vocabulary);
        LOAD_TINY(model, shape, mix.toStdString());
        engine::Session session(*model);
        const auto whole = all_logits(session, tokens);
        QVERIFY(run_cut((*model)->description(), tokens, false) == whole);
        QVERIFY(run_cut((*model)->description(), tokens, true) == whole);
    }

    void the_number_of_threads_changes_no_bit() {
        for (const auto& shape : tiny_shapes()) {
            const auto tokens = some_tokens(100, shape.vocabulary);
            std::vector<float> first;
            for (int threads : {1, 2, 3}) {
                engine::LoadOptions options;
                options.cpu.threads = threads;
                LOAD_TINY(model, shape, "Q4_K_M", options);
                engine::Session session(*model);
                const auto logits = all_logits(session, tokens);
                if (first.empty()) first = logits;
                QVERIFY(logits == first);
            }
        }
    }

    void a_common_prefix_is_reused_to_the_bit() {
        for (const auto& shape : tiny_shapes()) {
            LOAD_TINY(model, shape, "Q4_K_M");
            engine::Session session(*model);
            const StopFlag stop;
            auto first = some_tokens(120, shape.vocabulary);
            auto second = first;
            second[70] = (second[70] + 1) % shape.vocabulary;
            QVERIFY(session.prefill(first, {}, stop));
            int reused = -1;
            auto warm = session.prefill(
                second, [&](int, int, int count) { reused = count; }, stop);
            QVERIFY(warm);
            QCOMPARE(reused, 70);
            const auto after_reuse = copy(*warm);
            // The same prompt once more: only its last token runs.
            auto again = session.prefill(
                second, [&](int, int, int count) { reused = count; }, stop);
            QVERIFY(again);
            QCOMPARE(reused, 119);
            QVERIFY(copy(*again) == after_reuse);
            session.truncate(0);
            auto cold = session.prefill(second, {}, stop);
            QVERIFY(cold);
            QVERIFY(copy(*cold) == after_reuse);
        }
    }

    void a_token_allocates_nothing_data() { shapes_and_mixes(); }
    void a_token_allocates_nothing() {
        QFETCH(int, index);
        QFETCH(QString, mix);
        const auto& shape = tiny_shapes()[static_cast<std::size_t>(index)];
        LOAD_TINY(model, shape, mix.toStdString());
        engine::Session session(*model);
        const StopFlag stop;
        QVERIFY(session.prefill(some_tokens(60, shape.vocabulary), {}, stop));
        QVERIFY(session.decode(1, stop));  // what is kept from token to token may be made here
        const std::size_t before = allocation_count();
        for (engine::TokenId token = 2; token < 20; ++token) {
            if (!session.decode(token, stop)) QFAIL("A token was refused.");
        }
        QCOMPARE(allocation_count() - before, std::size_t{0});
    }

    void a_stop_keeps_whole_batches_and_nothing_else() {
        const auto& shape = tiny_shapes()[0];
        LOAD_TINY(model, shape, "Q8_0");
        engine::Session session(*model);
        const auto tokens = some_tokens(120, shape.vocabulary);
        StopFlag never;
        auto expected = session.prefill(tokens, {}, never);
        QVERIFY(expected);
        const auto logits = copy(*expected);

        session.truncate(0);
        StopFlag stop;
        auto stopped = session.prefill(
            tokens,
            [&](int done, int, int) {
                if (done > 0) stop.request_stop();
            },
            stop);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(session.length(), 48);
        QCOMPARE((*model)->executor().length(), 48);
        auto token = session.decode(1, stop);
        QVERIFY(!token);
        QCOMPARE(session.length(), 48);
        auto on = session.prefill(tokens, {}, never);
        QVERIFY(on);
        QVERIFY(copy(*on) == logits);
    }

    // The flag is looked at within a batch: raised by another thread while a batch of seconds runs.
    // The best of three, since other programs may hold the processor.
    void a_stop_within_a_batch_ends_soon() {
        const auto* shape = engine::bench::find_shape("R1-Distill-Qwen-1.5B");
        auto description = engine::bench::describe_shape(*shape, "Q4_K_M", 4);
        QVERIFY(description);
        auto weights = std::make_shared<engine::bench::RandomWeights>(*description);
        engine::LoadOptions options;
        options.device = "cpu";
        options.context = 512;
        const StopFlag never;
        auto model = engine::LoadedModel::make(*description, weights, options, {}, never);
        QVERIFY(model);
        engine::Session session(*model);
        const auto tokens = some_tokens(512, 1000);
        using Clock = std::chrono::steady_clock;
        long long least = 1000000;
        for (int attempt = 0; attempt < 3 && least >= 200; ++attempt) {
            StopFlag stop;
            Clock::time_point raised;
            std::thread other;
            auto result = session.prefill(
                tokens,
                [&](int, int, int) {
                    other = std::thread([&] {
                        std::this_thread::sleep_for(std::chrono::milliseconds(60));
                        raised = Clock::now();
                        stop.request_stop();
                    });
                },
                stop);
            const auto ended = Clock::now();
            other.join();
            QVERIFY(!result);
            QCOMPARE(session.length(), 0);
            const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(ended - raised);
            least = std::min<long long>(least, took.count());
        }
        qInfo("ended %lld ms after the stop", least);
        QVERIFY(least < 200);
    }

    void bad_requests_are_errors() {
        const auto& shape = tiny_shapes()[0];
        LOAD_TINY(model, shape, "F32");
        engine::Session session(*model);
        const StopFlag stop;
        const auto code = [&](std::vector<engine::TokenId> tokens) {
            auto result = session.prefill(tokens, {}, stop);
            return result ? std::optional<ErrorCode>() : result.error().code;
        };
        QCOMPARE(code({}), ErrorCode::InvalidArgument);
        QCOMPARE(code({1, -1}), ErrorCode::InvalidArgument);
        QCOMPARE(code({1, 300}), ErrorCode::InvalidArgument);
        QCOMPARE(code(some_tokens(201, 300)), ErrorCode::ContextFull);
        QVERIFY(!code(some_tokens(200, 300)).has_value());
        auto over = session.decode(1, stop);
        QVERIFY(!over);
        QCOMPARE(over.error().code, ErrorCode::ContextFull);
        QCOMPARE(session.length(), 200);
        auto unknown = load_tiny(shape, "no-such-mix");
        QVERIFY(!unknown);
    }

    void loading_can_be_stopped() {
        const auto& shape = tiny_shapes()[0];
        auto description = engine::bench::describe_shape(shape, "Q8_0", 0);
        auto weights = std::make_shared<engine::bench::RandomWeights>(*description);
        StopFlag stop;
        stop.request_stop();
        auto model = engine::LoadedModel::make(*description, weights, {}, {}, stop);
        QVERIFY(!model);
        QCOMPARE(model.error().code, ErrorCode::Cancelled);
    }

    // What lay_out says is what the process takes.
    void the_estimate_is_what_memory_grows_by() {
        const auto* shape = engine::bench::find_shape("R1-Distill-Qwen-1.5B");
        auto description = engine::bench::describe_shape(*shape, "Q4_K_M", 14);
        QVERIFY(description);
        auto weights = std::make_shared<engine::bench::RandomWeights>(*description);
        engine::LoadOptions options;
        options.device = "cpu";
        options.context = 4096;
        const auto estimated = engine::estimate(*description, options);
        QVERIFY(estimated);
        const double before = static_cast<double>(engine::bench::anonymous_resident_bytes());
        auto model = engine::LoadedModel::make(*description, weights, options, {}, StopFlag());
        QVERIFY(model);
        engine::Session session(*model);
        QVERIFY(session.prefill(some_tokens(16, 1000), {}, StopFlag()));
        const double grown =
            static_cast<double>(engine::bench::anonymous_resident_bytes()) - before;
        const auto said = static_cast<double>(estimated->anonymous());
        qInfo("estimated %.1f MB, grown %.1f MB", said / 1e6, grown / 1e6);
        QVERIFY(said > 5e8);
        QVERIFY(std::abs(grown - said) <= 0.03 * said);
    }
};

DEEPWELL_TEST(SessionTest)
#include "session_test.moc"
