#include "app/models/library_service.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

#include "app/base/wait_for.h"
#include "app/storage/store.h"
#include "tests/app/models/made_files.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::app;
using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

bool scanned(LibraryService& library) {
    QElapsedTimer timer;
    timer.start();
    while (library.scanning() && timer.elapsed() < 20000) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    }
    return !library.scanning();
}

}  // namespace

class LibraryServiceTest : public QObject {
    Q_OBJECT
private slots:
    void files_keep_their_variant_over_starts() {
        DEEPWELL_NEEDS_SHARED();
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        fs::create_directories(folder / "models");
        fs::copy_file(shared_dir() / "goldens" / "qwen2-tied.Q8_0.gguf",
                      folder / "models" / "tiny.gguf");
        const SystemClock clock;
        std::string id;
        for (int start = 0; start < 2; ++start) {
            Store store({folder / "profile"}, clock);
            QVERIFY(wait_for<OpenReport>([&](auto done) { store.open(done); }).has_value());
            LibraryService library(&store, {});
            library.set_folders({folder / "models"});
            QVERIFY(scanned(library));
            QCOMPARE(library.models().size(), std::size_t(1));
            const std::string now = library.models()[0].variant_id;
            QVERIFY(!now.empty());
            if (start == 1) QCOMPARE(now, id);
            id = now;
            QCOMPARE(library.find_variant(id)->path, folder / "models" / "tiny.gguf");
            QCOMPARE(library.find_default("")->path, folder / "models" / "tiny.gguf");
            // Hashed in the background, and remembered.
            library.hash_in_background(true);
            QElapsedTimer timer;
            timer.start();
            while (!library.models()[0].sha256 && timer.elapsed() < 20000) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
            }
            QVERIFY(library.models()[0].sha256.has_value());
        }
    }

    void needs_are_answered_and_entries_taken_out() {
        DEEPWELL_NEEDS_SHARED();
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        fs::copy_file(shared_dir() / "goldens" / "qwen2-tied.Q8_0.gguf", folder / "tiny.gguf");
        write_text(folder / "broken.gguf", "no");
        LibraryService library(nullptr, {});
        library.set_folders({folder});
        QVERIFY(scanned(library));
        QCOMPARE(library.models().size(), std::size_t(2));
        QSignalSpy spy(&library, &LibraryService::needFound);
        VariantPlan plan;
        plan.file = folder / "tiny.gguf";
        plan.context = 2048;
        plan.device = "cpu";
        library.ask_need(plan);
        QVERIFY(spy.wait(20000));
        QVERIFY(library.free().main > 0);
        library.take_out(folder / "broken.gguf");
        QCOMPARE(library.models().size(), std::size_t(1));
        library.rescan();
        QVERIFY(scanned(library));
        QCOMPARE(library.models().size(), std::size_t(1));
        QVERIFY(fs::exists(folder / "broken.gguf"));
    }
};

DEEPWELL_TEST(LibraryServiceTest)
#include "library_service_test.moc"
