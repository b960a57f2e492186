// Tiny model files written here: logits against a double-precision twin, and what a file may get
// wrong.
#include <QTemporaryDir>
#include <cmath>
#include <cstring>

#include "engine/bench/random_weights.h"
#include "engine/bench/shapes.h"
#include "engine/bench/write_model.h"
#include "engine/gguf/writer.h"
#include "engine/models/architecture.h"
#include "engine/session/session.h"
#include "tests/engine/models/double_twin.h"
#include "tests/support/test_main.h"

using namespace deepwell;
using namespace deepwell::tests;
using namespace deepwell::engine;

namespace {

constexpr bench::Shape kQwen2{"tiny", "qwen2", 2, 64, 96, 4, 2, 16, 300, 1e4, 1e-6, 128};
constexpr bench::Shape kLlama{"tiny", "llama", 2, 64, 96, 4, 2, 16, 300, 5e5, 1e-5, 128};
constexpr bench::Shape kR1{"tiny-r1", "deepseek2", 2,   256, 512, 2,   1, 192, 300,
                           1e4,       1e-6,        128, 16,  4,   256, 1, 1,   256};

using Tweak = std::function<void(Metadata&)>;
using TensorTweak =
    std::function<void(std::string& name, std::uint32_t& type, std::vector<std::uint64_t>& dims)>;

// Writes the shape's model with some keys or tensors changed; weights are zeros.
void write_tweaked(const std::filesystem::path& path, const bench::Shape& shape, const Tweak& keys,
                   const TensorTweak& tensors) {
    const auto description = bench::describe_shape(shape, "F32", 0);
    const auto plain = path.string() + ".plain";
    const bench::RandomWeights weights(*description);
    QVERIFY(bench::write_model(*description, weights, plain, {}, StopFlag()));
    const auto file = GgufFile::open(plain);
    QVERIFY(file);
    GgufWriter writer;
    writer.metadata() = file->metadata();
    if (keys) keys(writer.metadata());
    for (const TensorInfo& tensor : file->tensors()) {
        std::string name = tensor.name;
        std::uint32_t type = tensor.type_id();
        std::vector<std::uint64_t> dims(tensor.dims.begin(),
                                        tensor.dims.begin() + tensor.dim_count);
        if (tensors) tensors(name, type, dims);
        if (!name.empty()) QVERIFY(writer.add_tensor(name, type, dims));
    }
    QVERIFY(writer.begin(path));
    for (const TensorInfo& tensor : writer.tensors()) {
        QVERIFY(writer.append(std::vector<std::byte>(tensor.bytes)));
    }
    QVERIFY(writer.finish());
    std::filesystem::remove(plain);
}

}  // namespace

class TinyFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::filesystem::path path() const { return folder_.path().toStdString() + "/tiny.gguf"; }

    Error error_of(const bench::Shape& shape, const Tweak& keys, const TensorTweak& tensors) {
        write_tweaked(path(), shape, keys, tensors);
        const auto file = GgufFile::open(path());
        if (!file) return file.error();
        const auto description = describe_model(*file);
        if (!description) return description.error();
        const auto plan = build_plan(*description);
        return plan ? Error{ErrorCode::Internal, "it was taken", ""} : plan.error();
    }

private slots:
    void logits_equal_the_double_twin_data() {
        QTest::addColumn<bool>("llama");
        QTest::newRow("qwen2") << false;
        QTest::newRow("llama") << true;
    }
    void logits_equal_the_double_twin() {
        QFETCH(bool, llama);
        const auto description = bench::describe_shape(llama ? kLlama : kQwen2, "F32", 0);
        QVERIFY(description);
        const bench::RandomWeights weights(*description);
        TensorMap tensors;
        for (const auto& [name, shape] : description->tensors) {
            std::size_t count = 1;
            for (std::uint64_t dim : shape.dims) count *= dim;
            auto& values = tensors[name];
            values.resize(count);
            QVERIFY(weights.read(name, 0, std::as_writable_bytes(std::span(values))));
        }
        QVERIFY(bench::write_model(*description, weights, path(), {}, StopFlag()));
        std::vector<TokenId> tokens;
        for (int i = 0; i < 40; ++i) tokens.push_back((i * 37 + 5) % 300);

        for (auto isa :
             {kernels::cpu::Isa::scalar, kernels::cpu::Isa::avx2, kernels::cpu::Isa::avx512}) {
            if (!kernels::cpu::isa_available(isa)) continue;
            LoadOptions options;
            options.device = "cpu";
            options.cpu.isa = isa;
            options.cache = CacheType::F32;
            options.batch = options.max_logits = 16;
            auto model = LoadedModel::load(path(), options, {}, StopFlag());
            QVERIFY2(model, model ? "" : describe(model.error()).c_str());
            Session session(*model);
            const auto expected = twin_logits(*description, tensors, tokens);
            std::size_t at = 0;
            double error = 0, spread = 0;
            QVERIFY(session.logits_of_all(
                tokens, 0,
                [&](int, std::span<const float> logits) -> Result<void> {
                    for (float logit : logits) {
                        const double difference = static_cast<double>(logit) - expected[at];
                        error += difference * difference;
                        spread += static_cast<double>(expected[at]) * expected[at];
                        ++at;
                    }
                    return {};
                },
                StopFlag()));
            QCOMPARE(at, expected.size());
            QVERIFY2(error / spread < 1e-11, QByteArray::number(error / spread));
        }
    }

    void every_released_shape_makes_a_plan() {
        for (const auto& shape : bench::shapes()) {
            for (const char* mix : {"Q4_K_M", "Q8_0", "IQ2_XXS"}) {
                const auto description = bench::describe_shape(shape, mix, 0);
                QVERIFY(description);
                const auto plan = build_plan(*description);
                QVERIFY2(plan, plan ? "" : describe(plan.error()).c_str());
                QCOMPARE(plan->caches.size(), static_cast<std::size_t>(shape.layers));
            }
        }
    }

    // The bytes that performance.md computes for a token (embedding rows left out).
    void a_token_reads_the_bytes_of_its_weights() {
        const auto bytes = [](const char* shape, const char* mix) {
            const auto description = bench::describe_shape(*bench::find_shape(shape), mix, 0);
            return static_cast<double>(
                       bytes_per_token(*build_plan(*description), CacheType::F16, 0)) /
                   1e9;
        };
        QVERIFY(std::abs(bytes("R1-Distill-Qwen-1.5B", "Q4_K_M") - 0.98) < 0.01);
        QVERIFY(std::abs(bytes("R1-Distill-Qwen-1.5B", "Q8_0") - 1.65) < 0.02);
        QVERIFY(std::abs(bytes("R1-Distill-Qwen-7B", "Q4_K_M") - 4.4) < 0.06);
        QVERIFY(std::abs(bytes("R1-Distill-Qwen-32B", "Q8_0") - 34) < 0.5);
        qInfo("R1 671B: %.2f GB a token", bytes("R1-671B", "Q4_K_M"));
        QVERIFY(std::abs(bytes("R1-671B", "Q4_K_M") - 21) < 2.1);
    }

    void settings_that_cannot_be_are_named_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<double>("value");
        QTest::addColumn<bool>("deepseek");
        const auto row = [](const char* key, double value, bool deepseek = false) {
            QTest::addRow("%s = %g", key, value) << QString(key) << value << deepseek;
        };
        row("block_count", 0);
        row("block_count", 1025);
        row("block_count", 3);
        row("context_length", 0);
        row("embedding_length", 0);
        row("embedding_length", 65);
        row("attention.head_count", 0);
        row("attention.head_count_kv", 0);
        row("attention.head_count_kv", 3);
        row("attention.key_length", 0);
        row("attention.key_length", 15);
        row("rope.dimension_count", 17);
        row("rope.dimension_count", 18);
        row("attention.layer_norm_rms_epsilon", -1e-6);
        row("attention.layer_norm_rms_epsilon", NAN);
        row("rope.freq_base", 0);
        row("rope.freq_base", INFINITY);
        row("rope.scaling.factor", -2);
        row("rope.scaling.factor", NAN);
        row("vocab_size", 301);
        row("expert_count", 8);
        row("attention.kv_lora_rank", 0, true);
        row("attention.kv_lora_rank", 128, true);
        row("attention.key_length_mla", 64, true);
        row("expert_used_count", 17, true);
        row("expert_used_count", 0, true);
        row("expert_count", 2000, true);
        row("expert_group_count", 5, true);
        row("expert_group_used_count", 9, true);
        row("leading_dense_block_count", 3, true);
    }
    void settings_that_cannot_be_are_named() {
        QFETCH(QString, key);
        QFETCH(double, value);
        QFETCH(bool, deepseek);
        const bench::Shape& shape = deepseek ? kR1 : kQwen2;
        const std::string name = std::string(shape.architecture) + "." + key.toStdString();
        const Error error =
            error_of(shape,
                     [&](Metadata& metadata) {
                         const bool whole = value >= 0 && value == std::floor(value) &&
                                            !name.ends_with("base") && !name.ends_with("factor") &&
                                            !name.ends_with("epsilon");
                         metadata.set(name, whole ? Value::of_u32(static_cast<std::uint32_t>(value))
                                                  : Value::of_f32(static_cast<float>(value)));
                     },
                     {});
        QVERIFY2(error.code == ErrorCode::FileDamaged ||
                     error.code == ErrorCode::UnsupportedArchitecture,
                 describe(error).c_str());
        QVERIFY(!error.context.empty());
        qInfo("%s", describe(error).c_str());
    }

    void tensors_of_a_wrong_shape_are_named() {
        const auto with_tensor = [&](const std::string& which, auto change) {
            return error_of(
                kQwen2, {},
                [&](std::string& name, std::uint32_t& type, std::vector<std::uint64_t>& dims) {
                    if (name == which) change(name, type, dims);
                });
        };
        const auto swapped = with_tensor(
            "blk.1.ffn_up.weight", [](auto&, auto&, auto& dims) { std::swap(dims[0], dims[1]); });
        QCOMPARE(swapped.code, ErrorCode::FileDamaged);
        QCOMPARE(swapped.context, std::string("blk.1.ffn_up.weight"));
        const auto missing =
            with_tensor("blk.0.attn_k.weight", [](auto& name, auto&, auto&) { name.clear(); });
        QCOMPARE(missing.code, ErrorCode::FileDamaged);
        QCOMPARE(missing.context, std::string("blk.0.attn_k.weight"));
        const auto vocabulary =
            with_tensor("token_embd.weight", [](auto&, auto&, auto& dims) { dims[1] = 299; });
        QCOMPARE(vocabulary.code, ErrorCode::FileDamaged);
        const auto norm =
            with_tensor("blk.0.attn_norm.weight", [](auto&, auto& type, auto&) { type = 30; });
        QCOMPARE(norm.code, ErrorCode::FileDamaged);
        QCOMPARE(norm.context, std::string("blk.0.attn_norm.weight"));
        const auto unknown = with_tensor("blk.0.attn_q.bias", [](auto& name, auto&, auto&) {
            name = "blk.0.attn_q_norm.weight";
        });
        QCOMPARE(unknown.code, ErrorCode::UnsupportedArchitecture);
        QCOMPARE(unknown.context, std::string("blk.0.attn_q_norm.weight"));
    }

    void unknown_architectures_and_scalings_are_named() {
        const auto architecture = error_of(
            kQwen2, [](Metadata& m) { m.set("general.architecture", Value::of_string("mamba")); },
            {});
        QCOMPARE(architecture.code, ErrorCode::UnsupportedArchitecture);
        QVERIFY(architecture.message.find("mamba") != std::string::npos);
        const auto scaling = error_of(
            kQwen2,
            [](Metadata& m) { m.set("qwen2.rope.scaling.type", Value::of_string("longrope")); },
            {});
        QCOMPARE(scaling.code, ErrorCode::UnsupportedArchitecture);
    }
};

DEEPWELL_TEST(TinyFileTest)
#include "tiny_file_test.moc"
