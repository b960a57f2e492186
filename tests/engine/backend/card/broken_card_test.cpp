// A card that breaks at any moment of loading and of a reply: a typed error each time, never an end
// of the program, and a model that is loaded again goes on as if nothing had been.
#include "kernels/emulation/broken_card.h"

#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/executor.h"
#include "engine/backend/file_tensor_reader.h"
#include "engine/backend/placement.h"
#include "engine/models/architecture.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::engine;

namespace {

constexpr int kTooMany = 100'000;  // operations that neither a load nor a reply needs

// The tiny model of tests/data on the emulated card of this thread.
struct TinyOnCard {
    std::shared_ptr<const GgufFile> file;
    std::unique_ptr<Plan> plan;
    std::vector<Segment> segments;
    Limits limits;

    TinyOnCard() {
        auto opened = GgufFile::open(tests::data_dir() / "tiny_model" / "tiny.Q8_0.gguf");
        file = std::make_shared<const GgufFile>(std::move(*opened));
        plan = std::make_unique<Plan>(*build_plan(*describe_model(*file)));
        segments = cut(*plan, Placement::all(*plan, 0));
        limits.context = 64;
        limits.batch = 8;
    }

    Result<std::unique_ptr<Executor>> load() const {
        CudaBackend card("emulation", {}, {});
        const auto layout = card.lay_out(*plan, segments, limits);
        if (!layout) return fail(layout.error());
        auto program =
            card.compile(*plan, *layout, std::make_shared<FileTensorReader>(file), {}, StopFlag());
        if (!program) return fail(program.error());
        std::vector<std::unique_ptr<Program>> programs;
        programs.push_back(std::move(*program));
        return std::make_unique<Executor>(*plan, segments, std::move(programs), limits);
    }
};

// A prompt of five tokens, then one more: the logits after it.
Result<std::vector<float>> reply(Executor& executor) {
    const std::vector<TokenId> prompt = {5, 17, 9, 3, 8};
    const std::vector<std::int32_t> last = {4};
    const std::vector<TokenId> next = {11};
    const std::vector<std::int32_t> first = {0};
    if (auto read = executor.run({prompt, last}, StopFlag()); !read) return fail(read.error());
    const auto logits = executor.run({next, first}, StopFlag());
    if (!logits) return fail(logits.error());
    return std::vector<float>(logits->begin(), logits->end());
}

}  // namespace

class BrokenCardTest : public QObject {
    Q_OBJECT
private slots:
    void cleanup() { gpu::emulation::break_card_after(-1); }

    void a_card_that_breaks_while_a_model_is_loaded_is_an_error() {
        const TinyOnCard tiny;
        int broken = 0;
        for (int operations = 0; operations < kTooMany; ++operations) {
            gpu::emulation::break_card_after(operations);
            const auto loaded = tiny.load();
            if (loaded) break;
            QCOMPARE(int(loaded.error().code), int(ErrorCode::DeviceLost));
            QVERIFY(!loaded.error().message.empty());
            ++broken;
        }
        QVERIFY2(broken > 20, qPrintable(QString::number(broken)));  // each weight is copied
    }

    void a_card_that_breaks_at_any_launch_ends_the_reply_and_not_the_program() {
        const TinyOnCard tiny;
        auto whole = tiny.load();
        QVERIFY(whole);
        const auto expected = reply(**whole);
        QVERIFY(expected);
        int broken = 0;
        for (int operations = 0; operations < kTooMany; ++operations) {
            auto executor = tiny.load();
            QVERIFY(executor);
            gpu::emulation::break_card_after(operations);
            const auto replied = reply(**executor);
            if (replied) break;
            ++broken;
            QCOMPARE(int(replied.error().code), int(ErrorCode::DeviceLost));
            // What was read before stays counted, nothing else.
            const int length = (*executor)->length();
            QVERIFY(length == 0 || length == 5);
            // It stays broken, whatever is asked of it.
            const auto again = reply(**executor);
            QVERIFY(!again);
            QCOMPARE(int(again.error().code), int(ErrorCode::DeviceLost));
            executor->reset();
            gpu::emulation::break_card_after(-1);
        }
        QVERIFY2(broken > 50, qPrintable(QString::number(broken)));  // two batches of every kernel
        gpu::emulation::break_card_after(-1);
        auto fresh = tiny.load();
        QVERIFY(fresh);
        QCOMPARE(*reply(**fresh), *expected);
    }
};

DEEPWELL_TEST(BrokenCardTest)
#include "broken_card_test.moc"
