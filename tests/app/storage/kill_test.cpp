// kill -9 at random moments: reliability.md rows 1, 2, 4 and 6.
#include <fmt/format.h>

#include <QtCore/QProcess>
#include <QtCore/QThread>
#include <csignal>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

#include "app/base/profile_lock.h"
#include "app/storage/snapshot.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"
#include "tests/app/storage/integrity.h"
#include "tests/app/storage/kill_values.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

constexpr int kMigrationKills = 12;
constexpr std::int64_t kMayBeLost = 250;

std::unique_ptr<QProcess> start(const QStringList& arguments) {
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationDirPath() + "/deepwell_kill_child", arguments);
    return process;
}

// The lines that came before it was killed, and when that was. `after`: ms behind its first line.
struct Killed {
    std::vector<std::string> lines;
    std::int64_t at = 0;
};
Killed kill_after(QProcess& process, int after) {
    Killed killed;
    if (!process.waitForReadyRead(30'000)) return killed;
    // Reading goes on meanwhile, so that the pipe never holds the program up.
    const auto until = monotonic_ms() + after;
    QByteArray output = process.readAllStandardOutput();
    for (auto left = until - monotonic_ms(); left > 0; left = until - monotonic_ms()) {
        if (process.state() == QProcess::NotRunning) break;
        process.waitForReadyRead(static_cast<int>(left));
        output += process.readAllStandardOutput();
    }
    killed.at = monotonic_ms();
    // 0 once it has ended, which to kill() would mean ourselves.
    if (const auto id = process.processId(); id > 0) ::kill(static_cast<pid_t>(id), SIGKILL);
    process.waitForFinished(30'000);
    output += process.readAllStandardOutput();
    const auto whole = output.left(output.lastIndexOf('\n') + 1).toStdString();
    std::istringstream lines(whole);
    for (std::string line; std::getline(lines, line);) killed.lines.push_back(line);
    return killed;
}

}  // namespace

class KillTest : public QObject {
    Q_OBJECT
private slots:
    // The store alone, and the program's own way: service, player, journal.
    void a_kill_takes_no_question_and_at_most_a_quarter_second_of_a_reply_data() {
        QTest::addColumn<QString>("way");
        QTest::addColumn<int>("kills");
        QTest::newRow("store") << "stream" << 12;
        QTest::newRow("service and player") << "play" << 32;
    }
    void a_kill_takes_no_question_and_at_most_a_quarter_second_of_a_reply() {
        QFETCH(QString, way);
        QFETCH(int, kills);
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        StoreFixture f;
        const auto profile = f.profile();
        std::map<std::string, std::string> sent;  // message → conversation, of all runs
        int shown_lines = 0;
        for (int round = 0; round < kills; ++round) {
            auto process = start(
                {way, QString::fromStdString(profile.folder.string()), QString::number(round)});
            const auto killed = kill_after(*process, static_cast<int>(random() % 500));
            QVERIFY(!killed.lines.empty());

            std::map<std::string, std::pair<std::string, std::size_t>> shown;
            for (const auto& line : killed.lines) {
                std::istringstream words(line);
                std::string kind;
                std::string conversation;
                std::string message;
                std::size_t size = 0;
                std::int64_t at = 0;
                words >> kind >> conversation >> message;
                if (kind == "sent") sent[message] = conversation;
                if (kind != "shown" && kind != "finished") continue;
                words >> size >> at;
                if (kind == "finished" || at <= killed.at - kMayBeLost) {
                    shown[message] = {conversation, size};
                }
                ++shown_lines;
            }
            QCOMPARE(complaint_of(profile.database()), std::string());
            const auto opened = f.open();
            QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
            for (const auto& [message, where] : shown) {
                const auto conversation = f.load(where.first);
                QVERIFY(conversation.has_value());
                const auto& reply = conversation->messages.at(1);
                QCOMPARE(reply.id, message);
                const auto text = (reply.thought ? reply.thought->text : "") + reply.answer;
                QVERIFY2(text.size() >= where.second,
                         fmt::format("{} of {} bytes", text.size(), where.second).c_str());
                QCOMPARE(text, streamed_text(0, text.size()));
                QVERIFY(reply.state == MessageState::Complete ||
                        reply.state == MessageState::Interrupted);
            }
            f.store.reset();
        }
        QVERIFY(f.open().has_value());
        for (const auto& [message, id] : sent) {
            const auto conversation = f.load(id);
            QVERIFY(conversation.has_value());
            QCOMPARE(conversation->messages.at(0).id, message);
            QCOMPARE(conversation->messages.size(), std::size_t(2));
        }
        qInfo("%d kills, %d questions, %d chunks shown", kills, static_cast<int>(sent.size()),
              shown_lines);
    }

    void a_kill_in_a_migration_loses_nothing() {
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        StoreFixture f;
        const auto profile = f.profile();
        QVERIFY(f.open().has_value());
        const auto sent = f.talk("first", "answer");
        for (int i = 0; i < 30; ++i) f.talk("filler", std::string(100'000, 'x'));
        f.store->close();
        f.store.reset();
        const auto original = profile.folder / "original.db";
        fs::copy_file(profile.database(), original);

        int cut = 0;
        std::int64_t whole = 0;  // how long it takes where nobody kills it: the first round
        for (int round = 0; round <= kMigrationKills; ++round) {
            for (const auto* tail : {"", "-wal", "-shm"}) {
                fs::remove(profile.database().string() + tail);
            }
            fs::copy_file(original, profile.database());
            auto process = start({"migrate", QString::fromStdString(profile.folder.string())});
            const auto began = monotonic_ms();
            const auto after = round == 0 ? 60'000 : static_cast<int>(random() % (whole + 20));
            const auto killed = kill_after(*process, static_cast<int>(after));
            if (round == 0) whole = monotonic_ms() - began;
            if (killed.lines.back() != "migrated") ++cut;
            QCOMPARE(complaint_of(profile.database()), std::string());
            const auto again = guarded([&] {
                Database database(profile.database(), Database::Access::Write);
                const auto report = migrate(database, later_migrations(), profile.copies());
                const auto messages = database.number("SELECT count(*) FROM messages");
                const auto moods = database.number("SELECT count(*) FROM moods WHERE mood != ''");
                return fmt::format("{} {} {} {}", report.to, messages, moods,
                                   schema_version(database));
            });
            QVERIFY2(again.has_value(), again ? "" : describe(again.error()).c_str());
            QCOMPARE(*again, std::string("3 62 62 3"));
        }
        // The copy of before is whole; this program's own schema is older than what it meets now.
        QCOMPARE(complaint_of(profile.copies() / "conversations-v1.db"), std::string());
        for (const auto& entry : fs::directory_iterator(profile.copies())) {
            const auto name = entry.path().filename().string();
            QVERIFY2(!name.starts_with("conversations") || name.find("-v") != std::string::npos ||
                         name.ends_with("-wal") || name.ends_with("-shm"),
                     name.c_str());
        }
        QCOMPARE(f.open().error().code, ErrorCode::Newer);
        QCOMPARE(Snapshot::open(profile).error().code, ErrorCode::Newer);
        fs::remove(profile.database());
        fs::copy_file(original, profile.database());
        QVERIFY(f.open().has_value());
        QCOMPARE(f.load(sent.reply.conversation)->messages.size(), std::size_t(2));
        qInfo("%d of %d migrations of %d ms were cut off", cut, kMigrationKills,
              static_cast<int>(whole));
    }

    void one_profile_has_one_writer_and_a_dead_one_gives_it_back() {
        StoreFixture f;
        const auto profile = f.profile();
        QVERIFY(create_profile(profile).has_value());
        const auto folder = QString::fromStdString(profile.folder.string());
        for (int round = 0; round < 10; ++round) {
            auto one = start({"hold", folder});
            auto two = start({"hold", folder});
            std::vector<QByteArray> words;
            for (auto* process : {one.get(), two.get()}) {
                QVERIFY(process->waitForReadyRead(30'000));
                words.push_back(process->readAllStandardOutput());
            }
            std::sort(words.begin(), words.end());
            QCOMPARE(words[0], QByteArray("held\n"));
            QCOMPARE(words[1], QByteArray("refused\n"));
            const auto refused = ProfileLock::take(profile);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::Locked);
            for (auto* process : {one.get(), two.get()}) {
                process->kill();
                process->waitForFinished(30'000);
            }
            QVERIFY(ProfileLock::take(profile).has_value());
        }
    }
};

DEEPWELL_TEST(KillTest)
#include "kill_test.moc"
