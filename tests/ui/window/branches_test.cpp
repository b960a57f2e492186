// What is done with answers and questions by mouse and keyboard: versions, edit as a branch,
// continue, branch into a new conversation, copy, delete with undo. Nothing is ever overwritten.
#include <QtGui/QClipboard>

#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;
using tests::words_recording;

class BranchesTest : public QObject {
    Q_OBJECT
private:
    static QModelIndex foot(Stage& stage) {
        return stage.messages().index(stage.messages().count() - 1);
    }
    static QString answer(Stage& stage) {
        const app::Message* reply = stage.messages().lastReply();
        return reply != nullptr ? QString::fromStdString(reply->answer) : QString();
    }

private slots:
    void versions_are_stepped_through_by_mouse() {
        Stage stage(
            app::Recording{{text_reply("first"), text_reply("second"), text_reply("third")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        for (int version = 2; version <= 3; ++version) {
            QVERIFY(stage.click("tryAgain"));
            QVERIFY(stage.ended());
            QTRY_COMPARE(foot(stage).data(ui::MessageModel::VersionCount).toInt(), version);
        }
        QTRY_VERIFY(stage.item("versionText"));
        QCOMPARE(stage.item("versionText")->property("text").toString(), QString("3 / 3"));
        QVERIFY(stage.click("previousVersion"));
        QTRY_COMPARE(answer(stage), QString("second"));
        QTRY_VERIFY(stage.item("versionText"));
        QTRY_COMPARE(stage.item("versionText")->property("text").toString(), QString("2 / 3"));
        QVERIFY(stage.click("nextVersion"));
        QTRY_COMPARE(answer(stage), QString("third"));
    }

    // The version that was looked at last stands there after a restart.
    void the_chosen_version_stays_over_a_restart() {
        QTemporaryDir folder;
        {
            Stage stage(app::Recording{{text_reply("first"), text_reply("second")}}, folder.path());
            QVERIFY(stage.started());
            QVERIFY(stage.ask("Question"));
            QVERIFY(stage.ended());
            stage.key(Qt::Key_R, Qt::ControlModifier);
            QVERIFY(stage.ended());
            QTRY_COMPARE(foot(stage).data(ui::MessageModel::VersionCount).toInt(), 2);
            stage.key(Qt::Key_Left, Qt::AltModifier);
            QTRY_COMPARE(answer(stage), QString("first"));
        }
        Stage stage(app::Recording{{text_reply("other")}}, folder.path());
        QVERIFY(stage.started());
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        stage.app().openNeighbour(1);
        QTRY_COMPARE(answer(stage), QString("first"));
    }

    void a_question_is_edited_by_keyboard() {
        Stage stage(app::Recording{{text_reply("to the first"), text_reply("to the second")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("First wording"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_Up);
        QTRY_VERIFY(stage.item("questionEditor"));
        QTRY_VERIFY(stage.item("questionEditor")->hasActiveFocus());
        stage.type(", longer");
        stage.key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(stage.ended());
        QTRY_COMPARE(answer(stage), QString("to the second"));
        const QModelIndex question = stage.messages().index(0);
        QCOMPARE(question.data(ui::MessageModel::QuestionText).toString(),
                 QString("First wording, longer"));
        QCOMPARE(question.data(ui::MessageModel::VersionCount).toInt(), 2);
        // The first wording has kept its answer.
        QVERIFY(stage.click("previousVersion"));
        QTRY_COMPARE(answer(stage), QString("to the first"));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void escape_leaves_the_question_as_it_was() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_Up);
        QTRY_VERIFY(stage.item("questionEditor"));
        stage.type(" changed");
        stage.key(Qt::Key_Escape);
        QTRY_VERIFY(!stage.item("questionEditor"));
        QCOMPARE(stage.messages().index(0).data(ui::MessageModel::QuestionText).toString(),
                 QString("Question"));
    }

    void a_stopped_reply_goes_on_where_it_was() {
        app::RecordedReply begun = text_reply("The beginning");
        begun.finish = app::RecordedReply::Finish::Hang;
        Stage stage(app::Recording{{begun, text_reply(" and the end.")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QTRY_COMPARE(answer(stage), QString("The beginning"));
        QVERIFY(stage.click("stop"));
        QVERIFY(stage.ended());
        QVERIFY(stage.click("continueReply"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(answer(stage), QString("The beginning and the end."));
        QCOMPARE(foot(stage).data(ui::MessageModel::VersionCount).toInt(), 1);
        QVERIFY(foot(stage).data(ui::MessageModel::StateText).toString().isEmpty());
    }

    void a_branch_is_a_conversation_of_its_own() {
        Stage stage(
            app::Recording{{text_reply("one"), text_reply("two"), text_reply("elsewhere")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("First"));
        QVERIFY(stage.ended());
        const QString first = stage.conversation().conversationId();
        const QString reply = foot(stage).data(ui::MessageModel::MessageId).toString();
        QVERIFY(stage.ask("Second"));
        QVERIFY(stage.ended());
        stage.conversation().branchHere(reply);
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 2);
        QTRY_VERIFY(stage.conversation().conversationId() != first);
        QTRY_COMPARE(stage.kinds(), (QStringList{"question", "thought", "prose", "foot"}));
        QVERIFY(stage.ask("Third"));
        QVERIFY(stage.ended());
        stage.app().open(first);
        QTRY_COMPARE(answer(stage), QString("two"));
    }

    void copies_are_words_or_markdown() {
        Stage stage(app::Recording{{text_reply("## Head\n\nSome **bold** words.")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY(stage.click("copyAnswer"));
        QCOMPARE(QGuiApplication::clipboard()->text().trimmed(), QString("Head\nSome bold words."));
        stage.messages().copyMarkdown(foot(stage).data(ui::MessageModel::MessageId).toString());
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("## Head\n\nSome **bold** words."));
        QTRY_VERIFY(stage.app().toasts()->shown());
        QVERIFY(stage.click("copyQuestion"));
        QCOMPARE(QGuiApplication::clipboard()->text(), QString("Question"));
    }

    void a_deleted_message_comes_back() {
        Stage stage(app::Recording{{text_reply("one"), text_reply("two")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("First"));
        QVERIFY(stage.ended());
        QVERIFY(stage.ask("Second"));
        QVERIFY(stage.ended());
        const int rows = stage.messages().count();
        stage.conversation().removeMessage(
            foot(stage).data(ui::MessageModel::MessageId).toString());
        QTRY_VERIFY(stage.messages().count() < rows);
        QVERIFY(stage.click("toastAction"));
        QTRY_COMPARE(stage.messages().count(), rows);
        QCOMPARE(answer(stage), QString("two"));
    }
};

DEEPWELL_TEST(BranchesTest)
#include "branches_test.moc"
