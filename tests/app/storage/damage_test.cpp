// Damaged files, full disks, daily copies: reliability.md rows 3, 5 and 8.
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtCore/QProcess>
#include <fstream>
#include <random>

#include "app/base/atomic_file.h"
#include "app/storage/care/daily_copy.h"
#include "app/storage/rows/search_index.h"
#include "app/storage/snapshot.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"
#include "tests/app/storage/failing_vfs.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

constexpr int kConversations = 40;

void fill(StoreFixture& f) {
    for (int i = 0; i < kConversations; ++i) {
        f.talk("question " + std::to_string(i), std::string(3000, static_cast<char>('a' + i % 26)),
               "thought");
    }
}

std::vector<fs::path> set_aside(const Profile& profile) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(profile.folder)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("conversations-damaged-") && name.ends_with(".db")) {
            found.push_back(entry.path());
        }
    }
    return found;
}

void remove_database(const Profile& profile) {
    for (const auto& entry : fs::directory_iterator(profile.folder)) {
        if (entry.path().filename().string().starts_with("conversations")) {
            fs::remove(entry.path());
        }
    }
}

}  // namespace

class DamageTest : public QObject {
    Q_OBJECT
private slots:
    void flipped_bytes_in_200_places_and_it_starts_each_time() {
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        f.store->close();
        f.store.reset();
        const auto profile = f.profile();
        const auto bytes = *read_file(profile.database());
        int damaged = 0;
        int kept = 0;
        int rescued = 0;  // while it ran: damage in a free page shows only when it is written to
        for (int round = 0; round < 20; ++round) {
            remove_database(profile);
            auto broken = bytes;
            for (int i = 0; i < 10; ++i) {
                // Not the first page every time: one byte there makes it no database at all.
                const auto from = round % 5 == 0 ? std::size_t(0) : std::size_t(4096);
                broken[from + random() % (broken.size() - from)] ^=
                    static_cast<char>(1 + random() % 255);
            }
            QVERIFY(write_file_atomically(profile.database(), broken).has_value());
            const auto opened = f.open();
            QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
            connect(f.store.get(), &Store::problem, this, [&](const Error& error) {
                if (error.code == ErrorCode::Damaged) ++rescued;
            });
            if (opened->set_aside) {
                ++damaged;
                QVERIFY(!opened->salvage->empty());
                // Kept as it was.
                QCOMPARE(set_aside(profile).size(), std::size_t(1));
            }
            const auto rows = f.list();
            kept += static_cast<int>(rows.size());
            // What is there can be used.
            for (const auto& row : rows) f.load(row.id);
            f.search({"question"});
            const auto sent = f.send(StoreFixture::question("after"));
            QVERIFY2(sent.has_value(), sent ? "" : describe(sent.error()).c_str());
            const auto ended = f.finish(sent->reply, "all");
            QVERIFY2(ended.has_value(), ended ? "" : describe(ended.error()).c_str());
            QCOMPARE(f.load(sent->reply.conversation)->messages.size(), std::size_t(2));
            f.store->close();
            f.store.reset();
        }
        qInfo("%d of 20 were found damaged at the start, %d later; %d of %d conversations kept",
              damaged, rescued, kept, 20 * kConversations);
        QVERIFY(kept > 20 * kConversations / 2);
    }

    void a_page_of_zeros_costs_what_was_on_it_and_no_more() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        f.store->close();
        f.store.reset();
        auto bytes = *read_file(f.profile().database());
        // A page in the middle of the messages' texts.
        const auto at = bytes.find(std::string(500, 'h')) / 4096 * 4096;
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 4096, '\0');
        QVERIFY(write_file_atomically(f.profile().database(), bytes).has_value());
        const auto opened = f.open();
        QVERIFY(opened.has_value());
        QVERIFY(opened->salvage.has_value());
        QCOMPARE(f.list().size(), std::size_t(kConversations));
        int whole = 0;
        for (const auto& row : f.list()) {
            if (f.load(row.id)->messages.size() == 2) ++whole;
        }
        QVERIFY2(whole >= kConversations - 6, QByteArray::number(whole).constData());
    }

    void a_file_of_nothing_but_zeros_is_set_aside() {
        StoreFixture f;
        QVERIFY(create_profile(f.profile()).has_value());
        QVERIFY(
            write_file_atomically(f.profile().database(), std::string(40960, '\0')).has_value());
        const auto opened = f.open();
        QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
        QVERIFY(opened->set_aside.has_value());
        QCOMPARE(f.talk("q", "a").reply.message.empty(), false);
    }

    // The check at the start does not look into the search index; the first write does.
    void damage_that_a_write_meets_is_salvaged_and_the_write_is_done() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        fill(f);
        // A reply that runs meanwhile goes on.
        const auto running = f.send(StoreFixture::question("running"));
        f.store->append_journal(running->reply, {JournalEntry::Kind::Answer, "so far", 1, 0});
        QVERIFY(f.load(running->reply.conversation).has_value());
        {
            Database other(f.profile().database(), Database::Access::Write);
            sqlite3_db_config(other.sql().getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
            other.run("UPDATE search_data SET block = x'00ff00ff00ff00ff' WHERE id > 10;");
        }
        std::vector<Error> problems;
        connect(f.store.get(), &Store::problem, this,
                [&](const Error& error) { problems.push_back(error); });
        const auto sent = f.talk("after", "all");
        QVERIFY(!sent.reply.message.empty());
        QVERIFY(f.finish(running->reply, "so far and further").has_value());
        QCOMPARE(f.list().size(), std::size_t(kConversations + 2));
        QCOMPARE(f.load(running->reply.conversation)->messages[1].answer,
                 std::string("so far and further"));
        QCOMPARE(f.search({"question"}).empty(), false);
        QTRY_COMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].code, ErrorCode::Damaged);
        QVERIFY(problems[0].message.find("saved") != std::string::npos);
        QCOMPARE(set_aside(f.profile()).size(), std::size_t(1));
    }

    void a_full_disk_loses_nothing() {
        FailingVfs disk;
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto sent = f.send(StoreFixture::question("before"));
        std::vector<Error> problems;
        int cleared = 0;
        connect(f.store.get(), &Store::problem, this,
                [&](const Error& e) { problems.push_back(e); });
        connect(f.store.get(), &Store::problemCleared, this, [&] { ++cleared; });
        disk.fill();
        const auto refused = f.send(StoreFixture::question(std::string(100'000, 'x')));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::NoRoom);
        QVERIFY(f.list().size() == 1);  // reading goes on

        std::string shown;
        for (int i = 0; i < 20; ++i) {
            const auto piece = std::string(5000, static_cast<char>('a' + i));
            shown += piece;
            f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, piece, 1, 0});
        }
        QTRY_COMPARE_WITH_TIMEOUT(problems.size(), std::size_t(1), 10'000);
        QCOMPARE(problems[0].code, ErrorCode::NoRoom);
        QVERIFY(!f.run([](Store& s, auto done) { s.retry(done); }));
        f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, "end", 1, 0});
        shown += "end";
        disk.free();
        QVERIFY(f.run([](Store& s, auto done) { s.retry(done); }).has_value());
        QTRY_COMPARE(cleared, 1);
        QCOMPARE(f.load(sent->reply.conversation)->messages[1].answer, shown);

        // The end of a reply waits, too, and comes with the next write that works.
        disk.fill();
        QVERIFY(!f.finish(sent->reply, std::string(300'000, 'z')));
        disk.free();
        f.talk("another", "one");
        const auto reply = f.load(sent->reply.conversation)->messages[1];
        QCOMPARE(reply.answer.size(), std::size_t(300'000));
        QCOMPARE(reply.state, MessageState::Complete);
    }

    void a_disk_that_fills_up_at_any_write_loses_nothing() {
        FailingVfs disk;
        StoreFixture f;
        QVERIFY(f.open().has_value());
        std::vector<std::pair<Sent, std::string>> kept;
        int refused = 0;
        for (int good = 0; good < 40; ++good) {
            disk.fill_after(good);
            const auto text = "question " + std::to_string(good);
            const auto sent = f.send(StoreFixture::question(text));
            if (sent)
                f.store->append_journal(sent->reply, {JournalEntry::Kind::Answer, text, 1, 0});
            const bool ended = sent && f.finish(sent->reply, text).has_value();
            disk.free();
            if (!sent) ++refused;
            if (!ended) QVERIFY(f.run([](Store& s, auto done) { s.retry(done); }).has_value());
            if (sent) kept.emplace_back(*sent, text);
        }
        QVERIFY(refused > 0 && refused < 40);
        f.store->close();
        QVERIFY(f.open().has_value());
        for (const auto& [sent, text] : kept) {
            const auto loaded = f.load(sent.reply.conversation);
            QCOMPARE(loaded->messages.at(0).answer, text);
            QCOMPARE(loaded->messages.at(1).answer, text);
        }
        // What was refused left nothing behind.
        QCOMPARE(f.list().size(), kept.size());
        Database database(f.profile().database(), Database::Access::Write);
        QVERIFY(index_agrees(database));
    }

    void a_folder_that_may_not_be_written_is_said() {
        if (::geteuid() == 0) QSKIP("as root every folder may be written");
        StoreFixture f;
        QVERIFY(create_profile(f.profile()).has_value());
        ::chmod(f.profile().folder.c_str(), 0500);
        const auto opened = f.open();
        ::chmod(f.profile().folder.c_str(), 0700);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::ReadOnly);
    }

    void a_held_database_is_waited_for_and_then_said() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("q", "a");
        auto other = std::make_unique<Database>(f.profile().database(), Database::Access::Write);
        other->run("BEGIN IMMEDIATE;");
        bool answered = false;
        Result<Sent> sent;
        f.store->send(StoreFixture::question("waits"), Done<Sent>(this, [&](Result<Sent> result) {
                          sent = std::move(result);
                          answered = true;
                      }));
        QTest::qWait(1000);
        QVERIFY(!answered);
        other->run("COMMIT;");
        QTRY_VERIFY_WITH_TIMEOUT(answered, 10'000);
        QVERIFY(sent.has_value());

        other->run("BEGIN IMMEDIATE;");
        sent = f.send(StoreFixture::question("for ever"));
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::Locked);
        other->run("COMMIT;");
        QVERIFY(f.send(StoreFixture::question("again")).has_value());
    }

    void the_program_that_holds_the_database_is_named() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        QProcess holder;
        holder.start(QCoreApplication::applicationDirPath() + "/deepwell_kill_child",
                     {"busy", QString::fromStdString(f.profile().folder.string())});
        QVERIFY(holder.waitForReadyRead(30'000));
        const auto sent = f.send(StoreFixture::question("waits for five seconds"));
        QVERIFY(!sent);
        QCOMPARE(sent.error().code, ErrorCode::Locked);
        const auto name = "(process " + std::to_string(holder.processId()) + ") holds";
        QVERIFY2(sent.error().message.find(name) != std::string::npos,
                 sent.error().message.c_str());
        QVERIFY(sent.error().message.starts_with("deepwell_kill_c"));  // as the system cuts names
        holder.kill();
        holder.waitForFinished(30'000);
        QVERIFY(f.send(StoreFixture::question("again")).has_value());
    }

    void a_copy_a_day_and_seven_are_kept() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("precious", "words");
        const auto copy = [&] {
            return wait_for<bool>([&](auto done) { f.store->daily_copy(done); });
        };
        for (int day = 0; day < 10; ++day) {
            QCOMPARE(*copy(), true);
            QCOMPARE(*copy(), false);
            f.clock.advance(24LL * 3600 * 1000);
        }
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(f.profile().copies())) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        QCOMPARE(names.size(), std::size_t(7));
        QCOMPARE(names.front(), std::string("conversations-2026-11-28.db"));
        QCOMPARE(names.back(), std::string("conversations-2026-12-04.db"));
        struct stat status = {};
        QCOMPARE(::stat((f.profile().copies() / names.back()).c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));
        // It is a whole store: put in the place of another one it opens.
        StoreFixture restored;
        QVERIFY(create_profile(restored.profile()).has_value());
        fs::copy_file(f.profile().copies() / names.back(), restored.profile().database());
        QVERIFY(restored.open().has_value());
        QCOMPARE(restored.search({"precious"}).size(), std::size_t(2));
    }
};

DEEPWELL_TEST(DamageTest)
#include "damage_test.moc"
