// Loading from a slow disk: its progress is told, and a stop takes effect within 200 ms
// (reliability row 15); a file that shrinks meanwhile is an error (row 12). The disk is this
// program's own pread(), which the engine calls: it takes its time.
#include <dlfcn.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <atomic>
#include <thread>

#include "app/generation/inference.h"
#include "tests/app/generation/scripted.h"
#include "tests/support/machine_watch.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

// Slower than any hard disk, and still several reads in 200 ms.
constexpr std::int64_t kSlow = 6'000'000;

// Bytes a second; 0: as fast as the machine.
std::atomic<std::int64_t> disk_speed{0};

// The file that is cut in its middle as soon as something behind that is read; null: none.
std::atomic<const char*> to_be_cut{nullptr};
constexpr off_t kCut = 70'000;

void take_time(ssize_t bytes) {
    const auto speed = disk_speed.load();
    if (speed <= 0 || bytes <= 0) return;
    std::this_thread::sleep_for(std::chrono::nanoseconds(bytes * 1'000'000'000 / speed));
}

fs::path starter() {
    return data_dir().parent_path().parent_path() / "resources" / "starter" /
           "deepwell-starter.gguf";
}

Request request_of(const std::string& reply, const fs::path& file = starter()) {
    Request request;
    request.reply = reply;
    request.variant.file = file;
    request.variant.context = 512;
    request.variant.device = "cpu";
    request.seed = 7;
    request.max_tokens = 3;
    Turn question;
    question.text = "What is 17 + 25?";
    request.path = {question};
    return request;
}

}  // namespace

// In place of the C library's for the whole program, under both of its names.
extern "C" ssize_t slow_pread(int file, void* into, std::size_t bytes, off_t offset) asm("pread");
extern "C" ssize_t slow_pread64(int file, void* into, std::size_t bytes,
                                off_t offset) asm("pread64");

ssize_t slow_pread(int file, void* into, std::size_t bytes, off_t offset) {
    static const auto real = reinterpret_cast<decltype(&slow_pread)>(::dlsym(RTLD_NEXT, "pread64"));
    const char* path = to_be_cut.load();
    if (path != nullptr && offset > kCut) static_cast<void>(!::truncate(path, kCut));
    const ssize_t got = real(file, into, bytes, offset);
    take_time(got);
    return got;
}
ssize_t slow_pread64(int file, void* into, std::size_t bytes, off_t offset) {
    return slow_pread(file, into, bytes, offset);
}

class SlowLoadTest : public QObject {
    Q_OBJECT
private slots:
    void cleanup() {
        disk_speed = 0;
        to_be_cut = nullptr;
    }

    void stop_ends_a_load_within_200_ms() {
        QVERIFY2(fs::exists(starter()), "resources/starter: the starter model is absent");
        for (const int after : {0, 40, 150}) {
            const MachineWatch machine;
            Ear ear;
            const auto generator = start_inference(ear.sink());
            disk_speed = kSlow;
            generator->submit(request_of("r"));
            QVERIFY(ear.wait_for<LoadProgress>("r"));
            std::this_thread::sleep_for(std::chrono::milliseconds(after));
            const auto asked = std::chrono::steady_clock::now();
            generator->stop("r");
            QVERIFY(ear.wait_for<Ended>("r"));
            const auto took = ear.all().back().at - asked - machine.late();
            QVERIFY2(took < 200ms, qPrintable(QString::number(took / 1ms)));
            const Told told = told_of(ear.all(), "r");
            QCOMPARE(told.ended->reason, StopReason::Stopped);
            QVERIFY(std::find(told.order.begin(), told.order.end(), "loaded") == told.order.end());
            // And the next one is answered.
            disk_speed = 0;
            generator->submit(request_of("next"));
            QVERIFY(ear.wait_for<Ended>("next"));
            QVERIFY(!told_of(ear.all(), "next").ended->error);
        }
    }

    void a_file_that_is_cut_off_while_it_is_loaded_is_an_error() {
        const QTemporaryDir folder;
        const fs::path path = fs::path(folder.path().toStdString()) / "model.gguf";
        const fs::path whole = data_dir() / "tiny_model" / "tiny.F32.gguf";
        fs::copy_file(whole, path);
        QVERIFY(fs::file_size(path) > std::uintmax_t(kCut));
        Ear ear;
        const auto generator = start_inference(ear.sink());
        to_be_cut = path.c_str();
        generator->submit(request_of("r", path));
        QVERIFY(ear.wait_for<Ended>("r"));
        to_be_cut = nullptr;
        QCOMPARE(fs::file_size(path), std::uintmax_t(kCut));
        const Told told = told_of(ear.all(), "r");
        QCOMPARE(told.ended->reason, StopReason::Failed);
        QCOMPARE(told.ended->error->code, deepwell::engine::ErrorCode::FileDamaged);
        // Another file is answered.
        generator->submit(request_of("next", whole));
        QVERIFY(ear.wait_for<Ended>("next"));
        QVERIFY(!told_of(ear.all(), "next").ended->error);
    }

    void progress_rises_to_the_end() {
        QVERIFY2(fs::exists(starter()), "resources/starter: the starter model is absent");
        Ear ear;
        const auto generator = start_inference(ear.sink());
        disk_speed = kSlow;
        generator->submit(request_of("r"));
        QVERIFY(ear.wait_for<Ended>("r"));
        std::vector<double> done;
        bool loaded = false;
        for (const Heard& heard : ear.all()) {
            if (const auto* progress = std::get_if<LoadProgress>(&heard.event)) {
                QVERIFY(!loaded);
                done.push_back(progress->done);
            }
            loaded = loaded || std::holds_alternative<Loaded>(heard.event);
        }
        QVERIFY(loaded);
        QVERIFY(!done.empty());
        QVERIFY(std::is_sorted(done.begin(), done.end()));
        QVERIFY(done.front() >= 0 && done.back() <= 1);
    }
};

DEEPWELL_TEST(SlowLoadTest)
#include "slow_load_test.moc"
