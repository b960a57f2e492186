// The words of problems are those of the design's table.
#include "app/problems/problem.h"

#include "app/problems/storage_problem.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;
namespace engine = deepwell::engine;

namespace {

constexpr std::uint64_t kGib = 1ULL << 30;

std::vector<std::string> labels(const Problem& problem) {
    std::vector<std::string> texts;
    for (const Action& action : problem.actions) texts.push_back(action.text);
    return texts;
}

engine::Error error(engine::ErrorCode code) {
    return {code, "A sentence.", "file, offset 24"};
}

using Texts = std::vector<std::string>;

}  // namespace

class ProblemTest : public QObject {
    Q_OBJECT
private slots:
    void every_error_says_what_to_do() {
        for (int code = 0; code <= int(engine::ErrorCode::Internal); ++code) {
            const Problem problem = make_problem(error(engine::ErrorCode(code)), {});
            QVERIFY(!problem.title.empty() && !problem.code.empty());
            QVERIFY2(!problem.actions.empty(), problem.code.c_str());
            QVERIFY(problem.details.find("offset 24") != std::string::npos);
            QVERIFY2(problem.title.find('!') == std::string::npos, problem.title.c_str());
            for (const char* word : {"VRAM", "OOM", "KV", "offload", "inference"}) {
                QVERIFY((problem.title + problem.text).find(word) == std::string::npos);
            }
        }
    }

    void out_of_memory_on_load() {
        ProblemFacts facts;
        facts.needed = std::uint64_t(11.9 * kGib);
        facts.free = std::uint64_t(11.1 * kGib);
        facts.context_that_fits = 8192;
        const Problem problem = make_problem(error(engine::ErrorCode::OutOfDeviceMemory), facts);
        QCOMPARE(problem.title, std::string("This model needs 11.9 GiB; 11.1 GiB are free"));
        QCOMPARE(problem.text, std::string("A context of 8,192 tokens fits."));
        QCOMPARE(labels(problem), (Texts{"Load with 8,192", "Load partly on CPU", "Other model…"}));
    }

    void main_memory_too_small() {
        ProblemFacts facts;
        facts.needed = 42 * kGib;
        facts.free = 19 * kGib;
        const Problem problem = make_problem(error(engine::ErrorCode::OutOfMemory), facts);
        QCOMPARE(problem.title, std::string("This model is too large for this computer"));
        QCOMPARE(problem.text,
                 std::string("It needs 42.0 GiB of main memory; 19.0 GiB are free. Choose a "
                             "smaller model or a smaller file of it."));
    }

    void files() {
        ProblemFacts facts;
        facts.name = "R1.gguf";
        facts.size_now = std::uint64_t(4.1 * kGib);
        facts.size_full = std::uint64_t(5.3 * kGib);
        const Problem cut = make_problem(error(engine::ErrorCode::FileDamaged), facts);
        QCOMPARE(cut.text, std::string("R1.gguf ends after 4.1 of 5.3 GiB. The copy was "
                                       "probably cut off. Copy or download the file again, then "
                                       "rescan."));
        QCOMPARE(labels(cut), (Texts{"Rescan", "Show file", "Remove from list"}));
        facts.part = 3;
        facts.parts = 9;
        QCOMPARE(make_problem(error(engine::ErrorCode::FilePartMissing), facts).title,
                 std::string("Part 3 of 9 is missing"));
        QCOMPARE(make_problem(error(engine::ErrorCode::NotAModelFile), facts).title,
                 std::string("This is not a model file"));
    }

    void feet_and_loops() {
        QCOMPARE(foot_of(FootKind::Stopped, 312).title,
                 std::string("Stopped by you after 312 tokens"));
        QCOMPARE(labels(foot_of(FootKind::Stopped, 312)), (Texts{"Continue", "Try again"}));
        QCOMPARE(foot_of(FootKind::Limit, 4096).title,
                 std::string("Stopped at the limit of 4,096 tokens"));
        QCOMPARE(foot_of(FootKind::Interrupted, 1).title, std::string("Interrupted after 1 token"));
        ProblemFacts facts;
        facts.piece = 38;
        facts.times = 6;
        facts.next_temperature = 0.7;
        const Problem loop = loop_guard_problem(facts);
        QCOMPARE(loop.text, std::string("The same 38 tokens came back 6 times, so Deepwell "
                                        "stopped it. The repeats are hidden."));
        QCOMPARE(labels(loop),
                 (Texts{"Answer from here", "Try again, temperature 0.70", "Keep going"}));
        facts.tokens = 21380;
        facts.room = 13900;
        QCOMPARE(question_too_long_problem(facts).title,
                 std::string("21,380 tokens; only 13,900 fit"));
    }

    void storage() {
        const Error full{ErrorCode::NoRoom, "The disk is full.", "conversations.db"};
        const Problem problem = make_problem(full, StorageWork::Saving, "conversations.db");
        QCOMPARE(problem.title, std::string("There is no room to save"));
        QCOMPARE(labels(problem), (Texts{"Try again", "Export…"}));
        const Problem exporting = make_problem(Error{ErrorCode::ReadOnly, "No.", ""},
                                               StorageWork::Exporting, "Documents");
        QCOMPARE(exporting.text,
                 std::string("Documents does not allow writing. Choose another place."));
    }
};

DEEPWELL_TEST(ProblemTest)
#include "problem_test.moc"
