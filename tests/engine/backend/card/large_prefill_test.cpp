// A whole model with a matrix library beside the kernels: the card's way with long prompts.
#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/file_tensor_reader.h"
#include "engine/backend/placement.h"
#include "engine/models/architecture.h"
#include "tests/engine/session/goldens.h"
#include "tests/kernels/cuda/double_library.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell;
using namespace deepwell::engine;

class LargePrefillTest : public QObject {
    Q_OBJECT

    static Limits limits() {
        Limits limits;
        limits.context = 256;
        limits.batch = 80;
        limits.max_logits = 80;
        limits.cache = CacheType::F32;
        return limits;
    }

    static Result<Plan> plan_of(const std::shared_ptr<const GgufFile>& file) {
        auto description = describe_model(*file);
        if (!description) return fail(description.error());
        return build_plan(*description);
    }

private slots:
    void a_long_prompt_goes_through_the_library_and_a_short_one_does_not() {
        DEEPWELL_NEEDS_SHARED();
        for (const tests::Golden& golden : tests::load_goldens(tests::shared_dir() / "goldens")) {
            if (golden.name != "qwen2-tied.Q4_K_M.gguf") continue;
            auto opened = GgufFile::open(golden.path);
            QVERIFY(opened);
            const auto file = std::make_shared<const GgufFile>(std::move(*opened));
            auto plan = plan_of(file);
            QVERIFY(plan);
            const auto segments = cut(*plan, Placement::all(*plan, 0));
            tests::LibraryLog log;
            CudaBackend card("emulation", {}, tests::DoubleLibrary::opener(log));
            const auto layout = card.lay_out(*plan, segments, limits());
            QVERIFY(layout);
            const auto without =
                CudaBackend("emulation", {}, {}).lay_out(*plan, segments, limits());
            QVERIFY(layout->device_workspace >=
                    without->device_workspace + kernels::cuda::kMatrixLibraryBytes);
            const StopFlag stop;
            auto program =
                card.compile(*plan, *layout, std::make_shared<FileTensorReader>(file), {}, stop);
            QVERIFY(program);
            std::vector<std::unique_ptr<Program>> programs;
            programs.push_back(std::move(*program));
            Executor executor(*plan, segments, std::move(programs), limits());

            LoadOptions options;
            options.device = "cpu";
            options.cache = CacheType::F32;
            auto model = tests::load_golden(golden, options);
            QVERIFY(model);
            Session session(*model);
            const std::vector<int> batches = {72, 8};
            const std::vector<TokenId> tokens(golden.tokens.begin(), golden.tokens.begin() + 80);
            const auto expected = tests::run_all(session, tokens, batches);
            QVERIFY(expected);

            std::vector<float> got;
            for (const auto& [first, count] : {std::pair(0, 72), std::pair(72, 8)}) {
                std::vector<std::int32_t> wanted(count);
                for (int i = 0; i < count; ++i) wanted[i] = i;
                const std::size_t asked = log.products.size();
                const auto logits =
                    executor.run({std::span(tokens).subspan(first, count), wanted}, stop);
                QVERIFY2(logits, logits ? "" : describe(logits.error()).c_str());
                got.insert(got.end(), logits->begin(), logits->end());
                // Seven products a layer and the logits.
                const std::size_t products = first == 0 ? 7 * plan->block_count + 1 : 0;
                QCOMPARE(log.products.size() - asked, products);
            }
            QCOMPARE(log.opened, 1);
            const double error = tests::nmse(got, *expected);
            QVERIFY2(error <= 1e-3, qPrintable(QString::number(error)));
            return;
        }
        QFAIL("there is no such golden");
    }
};

DEEPWELL_TEST(LargePrefillTest)
#include "large_prefill_test.moc"
