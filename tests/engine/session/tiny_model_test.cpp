// The tiny model of tests/data: logits against Python's doubles wherever the suite runs, and what
// happens when a model's file changes under a session.
#include <unistd.h>

#include <QTemporaryDir>
#include <cstring>
#include <fstream>
#include <iterator>

#include "tests/engine/session/goldens.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::tests;
using engine::TokenId;

namespace {

std::filesystem::path tiny(const std::string& name) {
    return data_dir() / "tiny_model" / name;
}

std::vector<TokenId> prompt() {
    std::ifstream in(tiny("tokens.txt"));
    return {std::istream_iterator<TokenId>(in), {}};
}

std::vector<float> expected(const std::string& mix) {
    std::ifstream in(tiny("tiny." + mix + ".logits.f32"), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

auto load(const std::filesystem::path& path, engine::LoadOptions options = {}) {
    options.device = "cpu";
    options.cache = engine::CacheType::F32;
    options.context = 64;
    options.batch = options.max_logits = 32;
    return engine::LoadedModel::load(path, options, {}, engine::StopFlag());
}

}  // namespace

class TinyModelTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::filesystem::path copied(const char* name) {
        const auto path = std::filesystem::path(folder_.path().toStdString()) / name;
        std::filesystem::copy_file(tiny("tiny.F32.gguf"), path);
        return path;
    }

private slots:
    void logits_equal_exact_arithmetic_data() {
        QTest::addColumn<QString>("mix");
        QTest::addColumn<double>("bound");
        QTest::newRow("F32") << "F32" << 1e-11;
        QTest::newRow("Q8_0") << "Q8_0" << 1e-3;  // activations in 8 bits
    }
    void logits_equal_exact_arithmetic() {
        QFETCH(QString, mix);
        QFETCH(double, bound);
        const auto exact = expected(mix.toStdString());
        for (const auto isa :
             {kernels::cpu::Isa::scalar, kernels::cpu::Isa::avx2, kernels::cpu::Isa::avx512}) {
            if (!kernels::cpu::isa_available(isa)) continue;
            engine::LoadOptions options;
            options.cpu.isa = isa;
            auto model = load(tiny("tiny." + mix.toStdString() + ".gguf"), options);
            QVERIFY2(model, model ? "" : engine::describe(model.error()).c_str());
            engine::Session session(*model);
            std::vector<float> first;
            for (const std::vector<int>& batches : {std::vector{20}, {7, 1}, {1}}) {
                const auto logits = run_all(session, prompt(), batches);
                QVERIFY(logits);
                QVERIFY2(nmse(*logits, exact) < bound, QByteArray::number(nmse(*logits, exact)));
                if (first.empty()) first = *logits;
                QVERIFY(first == *logits);  // to the bit, however the prompt is cut
            }
        }
    }

    // Weights lie in memory, but rows of embeddings are read when a token asks for them.
    void a_file_that_is_cut_off_under_a_session_is_an_error() {
        const auto path = copied("cut.gguf");
        auto model = load(path);
        QVERIFY(model);
        engine::Session session(*model);
        QVERIFY(session.prefill(prompt(), {}, engine::StopFlag()));
        QCOMPARE(::truncate(path.c_str(), 9000), 0);
        const auto logits = session.decode(261, engine::StopFlag());
        QVERIFY(!logits);
        QCOMPARE(logits.error().code, engine::ErrorCode::FileDamaged);
        QVERIFY(logits.error().message.find("Load it again") != std::string::npos);
    }

    void a_file_that_is_removed_under_a_session_goes_on_to_the_end() {
        const auto path = copied("gone.gguf");
        auto model = load(path);
        QVERIFY(model);
        std::filesystem::remove(path);
        engine::Session session(*model);
        const auto logits = run_all(session, prompt(), std::vector{20});
        QVERIFY(logits);
        QVERIFY(nmse(*logits, expected("F32")) < 1e-11);
        QVERIFY(!load(path));
    }

    // A file that is shorter than its header says is not begun with.
    void a_file_that_was_not_fetched_whole_is_an_error() {
        const auto path = copied("part.gguf");
        QCOMPARE(::truncate(path.c_str(), 120000), 0);
        const auto model = load(path);
        QVERIFY(!model);
        QCOMPARE(model.error().code, engine::ErrorCode::FileDamaged);
    }
};

DEEPWELL_TEST(TinyModelTest)
#include "tiny_model_test.moc"
