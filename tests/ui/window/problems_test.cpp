// Banners and what their buttons do: the store (disk full, locked, damaged), the settings file, the
// card lost and memory run out in a reply, the conversation longer than the context.
#include <filesystem>
#include <fstream>

#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;
namespace fs = std::filesystem;

class ProblemsTest : public QObject {
    Q_OBJECT
private:
    static app::RecordedReply failing(const std::string& text, engine::ErrorCode code) {
        app::RecordedReply reply = text_reply(text);
        reply.finish = app::RecordedReply::Finish::Error;
        reply.error = code;
        return reply;
    }
    static void write(const fs::path& file, const std::string& text) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
    }

private slots:
    // What a full disk says; that the store keeps what it owes is the store's test.
    void no_room_to_save_stays_until_there_is() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        app::Store& store = stage.program().services().store;
        emit store.problem({app::ErrorCode::NoRoom, "The disk is full.", "conversations.db"});
        QCOMPARE(stage.app().problems()->title(), QString("There is no room to save"));
        QVERIFY(stage.item("banner"));
        QTRY_VERIFY(stage.item("problemAction1"));
        QCOMPARE(stage.item("problemAction1")->property("text").toString(), QString("Export…"));
        QVERIFY(stage.click("problemAction0"));  // Try again: it works now
        QTRY_VERIFY(!stage.app().problems()->hasBanner());
        // It may be said again.
        emit store.problem({app::ErrorCode::NoRoom, "The disk is full.", "conversations.db"});
        QVERIFY(stage.app().problems()->hasBanner());
        emit store.problemCleared();
        QVERIFY(!stage.app().problems()->hasBanner());
    }

    // I1: a zeroed database is recognised, and the program works with a new one.
    void a_damaged_store_is_put_aside_and_told() {
        QTemporaryDir folder;
        write(fs::path(folder.path().toStdString()) / "conversations.db",
              std::string(64 * 1024, '\0') + "not a database");
        Stage stage(app::Recording{{text_reply("answer")}}, folder.path());
        QVERIFY(stage.started());
        QTRY_VERIFY(stage.app().problems()->hasBanner());
        QCOMPARE(stage.app().problems()->title(), QString("The conversation store is damaged"));
        QVERIFY2(stage.app().problems()->text().startsWith("A copy was kept as"),
                 qPrintable(stage.app().problems()->text()));
        QVERIFY(stage.click("problemAction0"));  // Continue
        QVERIFY(!stage.app().problems()->hasBanner());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
    }

    // A copy of a former day brings back what the damaged store lost.
    void a_damaged_store_is_filled_up_from_its_copy() {
        QTemporaryDir folder;
        const app::Profile profile{folder.path().toStdString()};
        {
            Stage stage(app::Recording{{text_reply("answer")}}, folder.path());
            QVERIFY(stage.started());
            QVERIFY(stage.ask("Kept in the copy"));
            QVERIFY(stage.ended());
            const std::atomic<bool> never{false};
            QVERIFY(app::make_daily_copy(profile, 1795604400123, never));
        }
        write(profile.database(), std::string(64 * 1024, '\0') + "not a database");
        fs::remove(profile.database().string() + "-wal");
        Stage stage(app::Recording{{text_reply("answer")}}, folder.path());
        QVERIFY(stage.started());
        ui::ProblemModel& problems = *stage.app().problems();
        QTRY_COMPARE(problems.actions().size(), 3);
        QCOMPARE(problems.title(), QString("The conversation store is damaged"));
        QCOMPARE(stage.app().conversations()->rowCount(), 0);
        QTRY_VERIFY(stage.item("problemAction0"));
        QCOMPARE(stage.item("problemAction0")->property("text").toString(),
                 QString("Bring back from the copy of 25 November"));
        QVERIFY(stage.click("problemAction0"));
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        QTRY_COMPARE(stage.app().toasts()->text(), QString("Brought 1 conversation back"));
        QVERIFY(!problems.hasBanner());
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    // What the upkeep could not do is said, and goes when a turn of it went well.
    void upkeep_that_fails_is_told_until_it_works() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        app::Upkeep& upkeep = stage.program().services().upkeep;
        ui::ProblemModel& problems = *stage.app().problems();
        emit upkeep.failed({app::ErrorCode::NoRoom, "The disk is full.", "copies"});
        emit upkeep.turned();
        QCOMPARE(problems.title(), QString("The conversations could not be looked after"));
        QVERIFY2(problems.text().contains("Free some space"), qPrintable(problems.text()));
        QVERIFY(stage.item("banner"));
        // Try again: a turn of the real thing, which has room.
        QVERIFY(stage.click("problemAction0"));
        QTRY_VERIFY(!problems.hasBanner());
    }

    void settings_that_cannot_be_read_are_put_aside() {
        QTemporaryDir folder;
        write(fs::path(folder.path().toStdString()) / "settings.json", "{\"version\": 1,");
        Stage stage(app::Recording{{text_reply("answer")}}, folder.path());
        QVERIFY(stage.started());
        QTRY_VERIFY(stage.app().toasts()->text().contains("settings could not be read"));
    }

    // The text so far is kept; the banner loads the model again and the reply goes on.
    void a_lost_card_is_told_and_the_reply_goes_on() {
        Stage stage(app::Recording{
            {failing("The beginning", engine::ErrorCode::DeviceLost), text_reply("The whole.")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.app().problems()->title(),
                     QString("The graphics card stopped answering"));
        QCOMPARE(stage.messages().lastReply()->answer, std::string("The beginning"));
        QVERIFY(stage.kinds().contains("problem"));
        stage.app().problems()->dismiss();
        QVERIFY(!stage.app().problems()->hasBanner());
        // In the reply the other way stays: try again.
        QVERIFY(stage.click("problemAction0"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.messages().lastReply()->answer, std::string("The whole."));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    // J1, J2: what does not fit is said and asked about, never cut in silence.
    void a_conversation_longer_than_the_context_is_asked_about() {
        Stage stage(
            app::Recording{{failing("", engine::ErrorCode::ContextFull), text_reply("shorter")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Very long question"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.app().problems()->title(),
                     QString("The conversation is longer than the context"));
        QTRY_VERIFY(stage.item("problemAction2"));
        // Raise the context, Leave them out, New conversation.
        QCOMPARE(stage.app().problems()->actions().size(), 3);
        stage.app().problems()->act("LeaveOut");
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.messages().lastReply()->answer, std::string("shorter"));
        QVERIFY(!stage.app().problems()->hasBanner());
    }

    void the_question_goes_along_into_a_new_conversation() {
        Stage stage(app::Recording{{failing("", engine::ErrorCode::ContextFull)}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Very long question"));
        QVERIFY(stage.ended());
        QTRY_VERIFY(stage.app().problems()->hasBanner());
        stage.app().problems()->act("NewConversation");
        QTRY_VERIFY(stage.conversation().empty());
        QCOMPARE(stage.conversation().composer()->text(), QString("Very long question"));
    }

    void details_can_be_copied_and_the_banner_closed() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        stage.app().problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
        QVERIFY(stage.click("problemClose"));
        QVERIFY(!stage.app().problems()->hasBanner());
        stage.app().problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
        QVERIFY(!stage.app().problems()->hasBanner());
    }
};

DEEPWELL_TEST(ProblemsTest)
#include "problems_test.moc"
