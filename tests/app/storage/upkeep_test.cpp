// What is done to a store at idle, and the way back from a copy: reliability.md rows 5, 8 and 25.
#include "app/storage/upkeep.h"

#include <QtTest/QSignalSpy>
#include <fstream>

#include "app/base/atomic_file.h"
#include "app/storage/care/daily_copy.h"
#include "app/storage/copies.h"
#include "app/storage/sqlite/database.h"
#include "app/storage/sqlite/failure.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

constexpr Upkeep::Times kQuick{5ms, 5ms, std::chrono::hours(24 * 30)};
constexpr Milliseconds kDay = 24LL * 3600 * 1000;

Result<ImportCounts> restore(StoreFixture& f) {
    Upkeep upkeep(
        *f.store, [] { return false; }, kQuick);
    const auto copies = list_copies(f.profile());
    if (copies.empty()) return fail(ErrorCode::NotFound, "no copy");
    return wait_for<ImportCounts>([&](auto done) { upkeep.restore(copies.front().file, done); });
}

std::string all_bytes(const fs::path& folder) {
    std::string bytes;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.is_regular_file()) bytes += *read_file(entry.path());
    }
    return bytes;
}

}  // namespace

class UpkeepTest : public QObject {
    Q_OBJECT
private slots:
    void nothing_is_done_while_a_reply_runs() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("q", "a");
        bool busy = true;
        int asked = 0;
        Upkeep upkeep(
            *f.store,
            [&] {
                ++asked;
                return busy;
            },
            kQuick);
        QSignalSpy turned(&upkeep, &Upkeep::turned);
        upkeep.start();
        QTRY_VERIFY(asked > 5);
        QCOMPARE(turned.count(), 0);
        QVERIFY(list_copies(f.profile()).empty());
        busy = false;
        QTRY_VERIFY(turned.count() > 0);
        QCOMPARE(list_copies(f.profile()).size(), std::size_t(1));
    }

    void the_bin_is_emptied_after_its_days_and_its_words_are_gone() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("kept", "words");
        const auto gone = f.talk("the zanzibarquestion", "a zanzibaranswer").reply.conversation;
        QVERIFY(f.run([&](Store& s, auto done) { s.remove_conversation(gone, done); }));
        Upkeep upkeep(
            *f.store, [] { return false; }, kQuick);
        QSignalSpy turned(&upkeep, &Upkeep::turned);
        QSignalSpy failed(&upkeep, &Upkeep::failed);
        upkeep.start();
        QTRY_VERIFY(turned.count() > 0);
        Store::ListQuery bin;
        bin.deleted = true;
        QCOMPARE(f.list(bin).size(), std::size_t(1));
        f.clock.advance(31 * kDay);
        QTRY_COMPARE(f.list(bin).size(), std::size_t(0));
        const auto before = turned.count();
        QTRY_VERIFY(turned.count() > before + 1);
        QVERIFY(all_bytes(f.profile().folder).find("zanzibar") == std::string::npos);
        QCOMPARE(f.list().size(), std::size_t(1));
        QCOMPARE(failed.count(), 0);
        // The log was merged, too.
        std::error_code error;
        QCOMPARE(fs::file_size(f.profile().database().string() + "-wal", error), std::uintmax_t(0));
    }

    void no_copy_is_made_of_nothing() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto made = wait_for<bool>([&](auto done) { f.store->daily_copy(done); });
        QVERIFY(made.has_value());
        QCOMPARE(*made, false);
        QVERIFY(fs::is_empty(f.profile().copies()));
    }

    void a_copy_that_is_cancelled_leaves_nothing() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        for (int i = 0; i < 40; ++i) f.talk("q", std::string(200'000, 'x'));
        std::atomic<bool> stop{true};
        try {
            make_daily_copy(f.profile(), f.clock.now_ms(), stop);
            QFAIL("it went on");
        } catch (...) {
            QCOMPARE(current_error().code, ErrorCode::Cancelled);
        }
        QVERIFY(fs::is_empty(f.profile().copies()));
    }

    void a_folder_that_takes_no_copy_is_said() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        f.talk("q", "a");
        fs::remove(f.profile().copies());
        std::ofstream(f.profile().copies()) << "in the way";
        Upkeep upkeep(
            *f.store, [] { return false; }, kQuick);
        QSignalSpy failed(&upkeep, &Upkeep::failed);
        QSignalSpy turned(&upkeep, &Upkeep::turned);
        upkeep.start();
        QTRY_VERIFY(failed.count() > 0 && turned.count() > 0);
    }

    void what_a_database_lost_comes_back_from_the_copy() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto long_one = f.talk("first question", "first answer");
        for (int i = 0; i < 60; ++i) f.talk("question " + std::to_string(i), "answer");
        const auto binned = f.talk("thrown away", "by its owner").reply.conversation;
        const auto copied = wait_for<bool>([&](auto done) { f.store->daily_copy(done); });
        QVERIFY(copied.has_value() && *copied);
        const auto later = f.talk("after the copy", "this is only in the store");
        f.store->close();
        f.store.reset();

        // Beyond repair: not a page of it can be read.
        const auto size = fs::file_size(f.profile().database());
        QVERIFY(write_file_atomically(f.profile().database(), std::string(size, '\x5a')));
        const auto opened = f.open();
        QVERIFY(opened.has_value());
        QVERIFY(opened->set_aside.has_value());
        QCOMPARE(f.list().size(), std::size_t(0));
        const auto fresh = f.talk("after the damage", "and this");
        const auto counts = restore(f);
        QVERIFY2(counts.has_value(), counts ? "" : describe(counts.error()).c_str());
        QCOMPARE(counts->brought, 62);
        QCOMPARE(f.list().size(), std::size_t(63));
        QCOMPARE(f.load(long_one.reply.conversation)->messages[1].answer,
                 std::string("first answer"));
        QVERIFY(f.load(fresh.reply.conversation).has_value());
        QVERIFY(!f.load(later.reply.conversation));

        // Again, after something was thrown away: nothing is doubled, the bin stays the bin.
        QVERIFY(f.run([&](Store& s, auto done) { s.remove_conversation(binned, done); }));
        const auto again = restore(f);
        QCOMPARE(again->brought, 0);
        QCOMPARE(again->already_there, 62);
        QCOMPARE(again->in_bin, 1);
        QCOMPARE(f.list().size(), std::size_t(62));
    }

    void messages_that_a_conversation_lost_come_back_too() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        const auto first = f.talk("one", "two");
        const auto& id = first.reply.conversation;
        f.talk("three", "four", {}, id, first.reply.message);
        QVERIFY(*wait_for<bool>([&](auto done) { f.store->daily_copy(done); }));
        f.store->close();
        {
            // As a salvage leaves it when a page of messages is lost.
            Database database(f.profile().database(), Database::Access::Write);
            database.run(
                "UPDATE conversations SET current = 2; DELETE FROM messages WHERE pk IN (3, 4);");
        }
        QVERIFY(f.open().has_value());
        QCOMPARE(f.load(id)->messages.size(), std::size_t(2));
        const auto counts = restore(f);
        QCOMPARE(counts->updated, 1);
        QCOMPARE(f.load(id)->messages.size(), std::size_t(4));
        QCOMPARE(f.load(id)->messages[3].answer, std::string("four"));
    }

    void a_copy_that_is_no_database_is_said() {
        StoreFixture f;
        QVERIFY(f.open().has_value());
        QVERIFY(write_file_atomically(f.profile().copies() / "conversations-2026-11-20.db",
                                      std::string(9000, 'x')));
        const auto counts = restore(f);
        QVERIFY(!counts);
        QCOMPARE(counts.error().code, ErrorCode::Damaged);
    }
};

DEEPWELL_TEST(UpkeepTest)
#include "upkeep_test.moc"
