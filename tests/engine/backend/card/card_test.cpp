// The card's backend against the processor's: the same plans, the same logits.
#include <cstdlib>

#include "engine/backend/devices.h"
#include "engine/backend/plugin_loader.h"
#include "tests/engine/session/goldens.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::engine;

class CardTest : public QObject {
    Q_OBJECT

    static std::string device() {
        const char* named = std::getenv("DEEPWELL_TEST_DEVICE");
        return named == nullptr ? "emulation" : named;
    }

    static Result<std::vector<float>> logits(const tests::Golden& golden, const std::string& device,
                                             CacheType cache, std::vector<int> batches) {
        LoadOptions options;
        options.device = device;
        options.cache = cache;
        options.context = 256;
        options.max_logits = 64;
        options.batch = 64;
        auto model = tests::load_golden(golden, options);
        if (!model) return fail(model.error());
        if ((*model)->device_name().substr(0, 3) != device.substr(0, 3)) {
            return fail(ErrorCode::Internal, "It ran on " + std::string((*model)->device_name()));
        }
        Session session(*model);
        return tests::run_all(session, golden.tokens, batches);
    }

private slots:
    void a_model_on_the_card_gives_the_processors_logits_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("cache");
        // Every format that a file of the goldens has, every architecture. What the card has no
        // kernel for (experts, latent attention), the processor does in between.
        for (const char* name :
             {"qwen2-tied.F32",      "qwen2-tied.BF16",     "qwen2-tied.Q8_0",
              "qwen2-tied.Q6_K",     "qwen2-tied.Q5_K_M",   "qwen2-tied.Q4_K_M",
              "qwen2-tied.Q3_K_M",   "qwen2-tied.Q2_K",     "qwen2-tied.Q4_0",
              "qwen2-tied.MXFP4",    "qwen2-tied.IQ4_XS",   "qwen2-tied.IQ3_XXS",
              "qwen2-tied.IQ2_XXS",  "qwen2-untied.Q4_K_M", "llama3.F16",
              "llama-plain.F16",     "qwen3.F16",           "qwen3-yarn.Q8_0",
              "qwen3moe-s.F16",      "qwen3moe.Q4_K_M",     "deepseek2-lite-s.F16",
              "deepseek2-v3-s.Q8_0", "deepseek2-v3.IQ1_S",  "deepseek2-mla-s.F16"}) {
            QTest::newRow(name) << QString(name) << int(CacheType::F32);
        }
        QTest::newRow("F16 cache") << QString("qwen2-tied.Q8_0") << int(CacheType::F16);
        QTest::newRow("Q8_0 cache") << QString("qwen2-tied.Q8_0") << int(CacheType::Q8_0);
    }

    void a_model_on_the_card_gives_the_processors_logits() {
        DEEPWELL_NEEDS_SHARED();
        QFETCH(QString, name);
        QFETCH(int, cache);
        for (tests::Golden& golden : tests::load_goldens(tests::shared_dir() / "goldens")) {
            if (QString::fromStdString(golden.name).remove(".gguf") != name) continue;
            golden.tokens.resize(std::min<std::size_t>(golden.tokens.size(), 40));
            const auto expected = logits(golden, "cpu", CacheType(cache), {40});
            QVERIFY2(expected, expected ? "" : describe(expected.error()).c_str());
            const auto card = logits(golden, device(), CacheType(cache), {17, 1, 1, 21});
            QVERIFY2(card, card ? "" : describe(card.error()).c_str());
            const double error = tests::nmse(*card, *expected);
            QVERIFY2(error <= 1e-3, qPrintable(QString::number(error)));
            if (golden.exact_weights()) QVERIFY2(error <= 1e-8, qPrintable(QString::number(error)));
            return;
        }
        QFAIL("there is no such golden");
    }

    // Routed experts and latent attention have no kernels yet: the processor's share, and the rest
    // on the card.
    void what_the_card_cannot_run_goes_to_the_processor() {
        DEEPWELL_NEEDS_SHARED();
        LoadOptions options;
        options.device = device();
        options.context = 256;
        for (const char* name : {"qwen3moe-s.F16.gguf", "deepseek2-lite-s.F16.gguf"}) {
            const auto layout = estimate(tests::shared_dir() / "goldens" / name, options);
            QVERIFY2(layout, layout ? "" : describe(layout.error()).c_str());
            QVERIFY(layout->weights > 0);
            QVERIFY(layout->device_weights > 0);
            QVERIFY(layout->crossings > 0);
        }
        const auto whole = estimate(tests::shared_dir() / "goldens/qwen2-tied.Q2_K.gguf", options);
        QVERIFY(whole);
        QCOMPARE(whole->weights, std::uint64_t(0));
    }

    void the_layout_is_what_is_allocated_on_the_card() {
        DEEPWELL_NEEDS_SHARED();
        LoadOptions options;
        options.device = device();
        options.context = 1000;
        const auto path = tests::shared_dir() / "goldens" / "qwen2-tied.Q8_0.gguf";
        const auto layout = estimate(path, options);
        QVERIFY2(layout, layout ? "" : describe(layout.error()).c_str());
        // 2 layers, one KV head of 128, keys and values, F16.
        QCOMPARE(layout->device_cache, std::uint64_t(2 * 2 * 1000 * 128 * 2));
        QVERIFY(layout->device_weights > 1'000'000 - 100'000);
        QVERIFY(layout->weights == 0);
    }

    void the_plug_in_for_cards_loads_where_it_was_built() {
        for (const auto& folder : plugin_folders()) {
            if (!std::filesystem::exists(folder / "libdeepwell-cuda.so")) continue;
            const auto plugin = load_plugin("cuda");
            QVERIFY2(plugin, plugin ? "" : describe(plugin.error()).c_str());
            std::string problem;
            QVERIFY((*plugin)->devices(problem).empty() != problem.empty());
            return;
        }
        QSKIP("built without nvcc");
    }

    void no_card_is_a_normal_state() {
        if (device() != "emulation") QSKIP("a card is there");
        const auto automatic = find_backend("auto", {});
        QVERIFY(automatic);
        const auto card = find_backend("cuda", {});
        if (!card) {
            QCOMPARE(int(card.error().code), int(ErrorCode::DeviceUnavailable));
            QVERIFY(!card.error().message.empty());
            QCOMPARE((*automatic)->name(), std::string_view("cpu"));
        }
        QVERIFY(!find_backend("cuda:x", {}));
        QCOMPARE(int(find_backend("cuda:x", {}).error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(find_backend("tpu", {}).error().code), int(ErrorCode::InvalidArgument));
        QCOMPARE(int(load_plugin("nothing").error().code), int(ErrorCode::DeviceUnavailable));
    }
};

DEEPWELL_TEST(CardTest)
#include "card_test.moc"
