#include <sys/stat.h>
#include <unistd.h>

#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <thread>

#include "app/base/atomic_file.h"
#include "app/base/ids.h"
#include "app/base/profile_lock.h"
#include "app/base/settings_file.h"
#include "app/base/utf8.h"
#include "app/base/wait_for.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;
namespace fs = std::filesystem;

class BaseTest : public QObject {
    Q_OBJECT
private slots:
    void a_profile_is_private() {
        const QTemporaryDir dir;
        const auto profile = find_profile(fs::path(dir.path().toStdString()) / "a" / "b/");
        QCOMPARE(profile.folder.filename().string(), std::string("b"));
        QVERIFY(create_profile(profile).has_value());
        QVERIFY(create_profile(profile).has_value());
        for (const auto& folder : {profile.folder, profile.copies(), profile.models()}) {
            struct stat status = {};
            QCOMPARE(::stat(folder.c_str(), &status), 0);
            QCOMPARE(status.st_mode & 0777, mode_t(0700));
        }
    }

    void the_folder_follows_xdg() {
        qputenv("XDG_DATA_HOME", "/somewhere");
        QCOMPARE(find_profile().folder.string(), std::string("/somewhere/deepwell"));
        qputenv("XDG_DATA_HOME", "relative");
        qputenv("HOME", "/home/me");
        QCOMPARE(find_profile().folder.string(), std::string("/home/me/.local/share/deepwell"));
        QCOMPARE(find_profile(fs::path("/x/y")).folder.string(), std::string("/x/y"));
    }

    void a_second_holder_is_refused_and_told_who() {
        const QTemporaryDir dir;
        const Profile profile{dir.path().toStdString()};
        {
            const auto first = ProfileLock::take(profile);
            QVERIFY(first.has_value());
            const auto second = ProfileLock::take(profile);
            QVERIFY(!second.has_value());
            QCOMPARE(second.error().code, ErrorCode::Locked);
            QVERIFY(second.error().message.find(std::to_string(::getpid())) != std::string::npos);
        }
        QVERIFY(ProfileLock::take(profile).has_value());
    }

    void an_atomic_file_is_whole_or_absent() {
        const QTemporaryDir dir;
        const fs::path target = fs::path(dir.path().toStdString()) / "out.txt";
        QVERIFY(write_file_atomically(target, "old").has_value());
        {
            auto file = AtomicFile::create(target);
            QVERIFY(file.has_value());
            QVERIFY(file->write(std::string(200'000, 'x')).has_value());
        }  // given up
        QCOMPARE(*read_file(target), std::string("old"));
        QCOMPARE(std::distance(fs::directory_iterator(target.parent_path()), {}), 1);
        struct stat status = {};
        QCOMPARE(::stat(target.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777, mode_t(0600));

        auto kept = AtomicFile::create(target, AtomicFile::Mode::User, AtomicFile::Replace::No);
        QVERIFY(kept->write("new").has_value());
        QVERIFY(!kept->commit());
        QCOMPARE(*read_file(target), std::string("old"));
        QCOMPARE(std::distance(fs::directory_iterator(target.parent_path()), {}), 1);
        QVERIFY(!AtomicFile::create("/nowhere/at/all"));
    }

    void a_full_disk_is_an_error_that_leaves_nothing() {
        if (::access("/dev/full", W_OK) != 0) QSKIP("/dev/full is absent");
        const auto error = error_from_errno(ENOSPC, "write", "x");
        QCOMPARE(error.code, ErrorCode::NoRoom);
        QCOMPARE(error_from_errno(EROFS, "write", "x").code, ErrorCode::ReadOnly);
    }

    void old_parts_are_swept() {
        const QTemporaryDir dir;
        const fs::path folder = dir.path().toStdString();
        QVERIFY(write_file_atomically(folder / ".a.abc.part", "x").has_value());
        QVERIFY(write_file_atomically(folder / ".b.abc.part", "x").has_value());
        fs::last_write_time(folder / ".a.abc.part",
                            fs::file_time_type::clock::now() - std::chrono::hours(25));
        remove_old_parts(folder);
        QVERIFY(!fs::exists(folder / ".a.abc.part"));
        QVERIFY(fs::exists(folder / ".b.abc.part"));
    }

    void settings_keep_what_they_do_not_know() {
        const auto json = parse_json(R"({"version": 1, "appearance": {"theme": "dark",
            "text_size": 9000, "colour": "mauve"}, "generation": {"sampler": {"temperature": 0.7},
            "loop_guard": "close_thought"}, "future": {"a": 1}, "window": {"width": 900}})");
        const auto settings = settings_from_json(json);
        QCOMPARE(settings.appearance.theme, Theme::Dark);
        QCOMPARE(settings.appearance.text_size, 100);
        QCOMPARE(settings.generation.loop_guard, LoopGuardChoice::CloseThought);
        const auto again = settings_to_json(settings);
        QCOMPARE(again["future"]["a"].get<int>(), 1);
        QCOMPARE(again["appearance"]["colour"].get<std::string>(), std::string("mauve"));
        QCOMPARE(again["window"]["width"].get<int>(), 900);
        QCOMPARE(to_text(settings_to_json(settings_from_json(again))), to_text(again));
    }

    void settings_are_written_soon_after_a_change() {
        const QTemporaryDir dir;
        const fs::path path = fs::path(dir.path().toStdString()) / "settings.json";
        const SystemClock clock;
        SettingsFile file(path, clock);
        int changes = 0;
        connect(&file, &SettingsFile::changed, this, [&] { ++changes; });
        file.change([](Settings& settings) { settings.appearance.theme = Theme::Dark; });
        file.change([](Settings& settings) { settings.appearance.theme = Theme::Dark; });
        QCOMPARE(changes, 1);
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(path), 5000);
        const SettingsFile again(path, clock);
        QCOMPARE(again.values().appearance.theme, Theme::Dark);
    }

    void an_unreadable_settings_file_is_put_aside() {
        const QTemporaryDir dir;
        const fs::path path = fs::path(dir.path().toStdString()) / "settings.json";
        QVERIFY(write_file_atomically(path, std::string(100, '\0')).has_value());
        const ManualClock clock(1795604400123);
        const SettingsFile file(path, clock);
        QVERIFY(file.set_aside().has_value());
        QCOMPARE(file.set_aside()->filename().string(), std::string("settings-2026-11-25.json"));
        QVERIFY(!fs::exists(path));
        QCOMPARE(file.values().appearance.theme, Theme::System);
    }

    void done_answers_on_the_callers_thread_and_not_after_its_end() {
        auto* context = new QObject;
        QThread* seen = nullptr;
        const Done<int> done(context, [&](Result<int>) { seen = QThread::currentThread(); });
        std::thread([done] { done(1); }).join();
        QTRY_VERIFY(seen == QThread::currentThread());
        seen = nullptr;
        const Done<int> late(context, [&](Result<int>) { seen = QThread::currentThread(); });
        std::thread([late] { late(1); }).join();
        delete context;
        QCoreApplication::processEvents();
        QVERIFY(seen == nullptr);
        QCOMPARE(*wait_for<int>([](Done<int> answer) { answer(7); }), 7);
        // A job that nobody runs any more answers, too; only the first answer counts.
        const auto dropped = wait_for<int>([](Done<int>) {});
        QCOMPARE(dropped.error().code, ErrorCode::Cancelled);
        QCOMPARE(*wait_for<int>([](Done<int> answer) {
            answer(1);
            answer(2);
        }),
                 1);
    }

    // QtTest's waiting, for one, carries out deferred deletes before what was posted ahead of them.
    void an_answer_outlives_a_delete_that_is_carried_out_first() {
        int got = 0;
        {
            Done<int> done(this, [&](const Result<int>& result) { got = result.value_or(-1); });
            std::thread([last = std::move(done)] { last(7); }).join();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(got, 0);
        QTRY_COMPARE(got, 7);
        got = 0;
        std::thread([last = Done<int>(this, [&](const Result<int>& result) {
                         got = result ? 0 : static_cast<int>(result.error().code);
                     })] {
        }).join();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QTRY_COMPARE(got, static_cast<int>(ErrorCode::Cancelled));
    }

    void ill_formed_text_is_repaired() {
        QCOMPARE(repair_utf8("a\xFF\xFE"
                             "b"),
                 std::string("a\xEF\xBF\xBD"
                             "b"));
        QCOMPARE(repair_utf8("\xE4\xBA"), std::string("\xEF\xBF\xBD"));
        QCOMPARE(repair_utf8("\xED\xA0\x80x"), std::string("\xEF\xBF\xBDx"));  // a surrogate
        QCOMPARE(repair_utf8("水"), std::string("水"));
        QCOMPARE(cut_utf8("水井", 4), std::string_view("水"));
        QCOMPARE(collapse_blanks("  a \n b "), std::string("a b"));
    }

    void ids_differ() {
        QVERIFY(new_id() != new_id());
        QCOMPARE(new_id().size(), std::size_t(36));
    }
};

DEEPWELL_TEST(BaseTest)
#include "base_test.moc"
