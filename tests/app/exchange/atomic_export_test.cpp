// An export is whole or absent: reliability.md row 19.
#include <fcntl.h>
#include <sys/resource.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <csignal>
#include <random>

#include "app/base/atomic_file.h"
#include "app/exchange/exporter.h"
#include "app/storage/snapshot.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

constexpr int kKills = 20;
constexpr int kConversations = 60;

void fill(StoreFixture& f) {
    for (int i = 0; i < kConversations; ++i)
        f.talk("question", std::string(20'000, 'x'), "thought");
}

std::vector<std::string> files_in(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

ExportOptions as_json() {
    ExportOptions options;
    options.format = ExportFormat::Json;
    return options;
}

}  // namespace

class AtomicExportTest : public QObject {
    Q_OBJECT
private slots:
    void a_kill_leaves_the_old_file_or_the_new_one() {
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        const fs::path folder = f.dir.path().toStdString() + "/out";
        fs::create_directory(folder);
        const auto file = folder / "all.json";
        int cut = 0;
        for (int round = 0; round < kKills; ++round) {
            QProcess process;
            process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            process.start(QCoreApplication::applicationDirPath() + "/deepwell_kill_export_child",
                          {QString::fromStdString(f.profile().folder.string()),
                           QString::fromStdString(file.string())});
            QVERIFY(process.waitForReadyRead(60'000));
            QElapsedTimer timer;
            timer.start();
            const auto until = static_cast<qint64>(random() % 120);
            while (timer.elapsed() < until) process.waitForReadyRead(5);
            process.kill();
            process.waitForFinished(30'000);
            const auto json = parse_json(*read_file(file));
            QVERIFY(json.is_object());
            QCOMPARE(json["end"]["conversations"].get<int>(), kConversations);
            QCOMPARE(json["conversations"].size(), std::size_t(kConversations));
            if (files_in(folder).size() > 1) ++cut;
            for (const auto& name : files_in(folder)) {
                QVERIFY(name == "all.json" || (name.front() == '.' && name.ends_with(".part")));
            }
        }
        qInfo("%d of %d left a part behind", cut, kKills);
        // Those are swept once they are a day old.
        for (const auto& name : files_in(folder)) {
            if (name.ends_with(".part")) {
                fs::last_write_time(folder / name,
                                    fs::file_time_type::clock::now() - std::chrono::hours(25));
            }
        }
        remove_old_parts(folder);
        QCOMPARE(files_in(folder), std::vector<std::string>{"all.json"});
    }

    void a_cancelled_export_leaves_nothing() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        const fs::path folder = f.dir.path().toStdString() + "/out";
        fs::create_directory(folder);
        QVERIFY(write_file_atomically(folder / "all.json", "old").has_value());
        const auto snapshot = Snapshot::open(f.profile());
        const auto source = export_everything(*snapshot, ExportFormat::Json);
        ExchangeStop stop = false;
        const auto report =
            export_to_file(*source, as_json(), folder / "all.json", 1, &stop,
                           [&](std::int64_t done, std::int64_t total) { stop = done > total / 2; });
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        QCOMPARE(files_in(folder), std::vector<std::string>{"all.json"});
        QCOMPARE(*read_file(folder / "all.json"), std::string("old"));
    }

    void a_disk_that_is_full_leaves_the_old_file() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        const fs::path folder = f.dir.path().toStdString() + "/out";
        fs::create_directory(folder);
        QVERIFY(write_file_atomically(folder / "all.json", "old").has_value());
        const auto snapshot = Snapshot::open(f.profile());
        const auto source = export_everything(*snapshot, ExportFormat::Json);
        // No file of this process may grow over 100 kB: write() fails as on a full disk.
        ::signal(SIGXFSZ, SIG_IGN);
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit small = before;
        small.rlim_cur = 100'000;
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto report = export_to_file(*source, as_json(), folder / "all.json", 1);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY(!report);
        QCOMPARE(files_in(folder), std::vector<std::string>{"all.json"});
        QCOMPARE(*read_file(folder / "all.json"), std::string("old"));
    }

    void a_folder_gets_a_file_each_and_an_index() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("Same?", "1");
        f.talk("same", "2");
        f.talk("../../etc/passwd", "3");
        const fs::path folder = f.dir.path().toStdString() + "/out";
        const auto snapshot = Snapshot::open(f.profile());
        const auto source = export_everything(*snapshot, ExportFormat::Markdown);
        ExportOptions options;
        options.time_zone = "UTC";
        const auto report = export_to_folder(*source, options, folder, 1);
        QVERIFY(report.has_value());
        QCOMPARE(report->conversations, 3);
        const std::vector<std::string> expected = {"2026-11-25 .. etc passwd.md",
                                                   "2026-11-25 Same.md", "2026-11-25 same (2).md",
                                                   "index.md"};
        QCOMPARE(files_in(folder).size(), expected.size());
        QVERIFY(fs::exists(folder / "2026-11-25 Same.md"));
        QVERIFY(fs::exists(folder / "2026-11-25 same (2).md"));
        // A second time nothing is overwritten.
        QVERIFY(export_to_folder(*source, options, folder, 1).has_value());
        QCOMPARE(files_in(folder).size(), 2 * expected.size());
    }
};

DEEPWELL_TEST(AtomicExportTest)
#include "atomic_export_test.moc"
