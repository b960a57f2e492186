// Asking, editing, versions, continuing, renaming, deleting, drafts: through the real store.
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::words_recording;

class ConversationTest : public QObject {
    Q_OBJECT
private slots:
    void typed_and_sent_by_keyboard() {
        Stage stage(words_recording(5, 5, 0));
        QVERIFY(stage.started());
        QTRY_VERIFY(stage.window()->activeFocusItem());
        stage.type("Why is the sky blue?");
        QCOMPARE(stage.conversation().composer()->text(), QString("Why is the sky blue?"));
        QSignalSpy loaded(&stage.conversation(), &ui::ConversationModel::loaded);
        stage.key(Qt::Key_Return);
        QVERIFY(loaded.wait(5000));
        QVERIFY(stage.ended());
        QVERIFY(stage.conversation().composer()->text().isEmpty());
        QCOMPARE(stage.conversation().title(), QString("Why is the sky blue?"));
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        QCOMPARE(stage.kinds(), (QStringList{"question", "thought", "prose", "foot"}));
        // The focus stays where the next question is written.
        QVERIFY(stage.item("composerField")->hasActiveFocus());
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void shift_enter_starts_a_line() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QTRY_VERIFY(stage.window()->activeFocusItem());
        stage.type("one");
        stage.key(Qt::Key_Return, Qt::ShiftModifier);
        stage.type("two");
        QCOMPARE(stage.conversation().composer()->text(), QString("one\ntwo"));
        QVERIFY(stage.conversation().empty());
    }

    // L4: Enter confirms what an input method composes; it does not send.
    void enter_while_composing_does_not_send() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QTRY_VERIFY(stage.window()->activeFocusItem());
        QQuickItem* field = stage.window()->activeFocusItem();
        QInputMethodEvent composing(QString::fromUtf8("きょうは"), {});
        QCoreApplication::sendEvent(field, &composing);
        stage.key(Qt::Key_Return);
        QVERIFY(stage.conversation().empty());
        QInputMethodEvent commit;
        commit.setCommitString(QString::fromUtf8("今日は"));
        QCoreApplication::sendEvent(field, &commit);
        QTRY_VERIFY(stage.conversation().composer()->text().contains(QString::fromUtf8("今日は")));
        QVERIFY(stage.conversation().empty());
    }

    void try_again_makes_a_version_and_both_stay() {
        Stage stage(words_recording(3, 5, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QSignalSpy loaded(&stage.conversation(), &ui::ConversationModel::loaded);
        stage.conversation().tryAgainLast();
        QVERIFY(loaded.wait(5000));
        QVERIFY(stage.ended());
        const auto foot = [&] { return stage.messages().index(stage.messages().count() - 1); };
        QTRY_COMPARE(foot().data(ui::MessageModel::VersionCount).toInt(), 2);
        QCOMPARE(foot().data(ui::MessageModel::VersionIndex).toInt(), 1);
        stage.key(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(foot().data(ui::MessageModel::VersionIndex).toInt(), 0);
        stage.key(Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(foot().data(ui::MessageModel::VersionIndex).toInt(), 1);
    }

    void editing_a_question_makes_a_branch() {
        Stage stage(words_recording(0, 5, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("First wording"));
        QVERIFY(stage.ended());
        const QString id = stage.messages().index(0).data(ui::MessageModel::MessageId).toString();
        stage.conversation().beginEdit(id);
        QVERIFY(QTest::qWaitFor([&] { return stage.item("questionEditor") != nullptr; }));
        QSignalSpy loaded(&stage.conversation(), &ui::ConversationModel::loaded);
        stage.conversation().edit(id, "Second wording");
        QVERIFY(loaded.wait(5000));
        QVERIFY(stage.ended());
        const QModelIndex question = stage.messages().index(0);
        QCOMPARE(question.data(ui::MessageModel::QuestionText).toString(),
                 QString("Second wording"));
        QTRY_COMPARE(stage.messages().index(0).data(ui::MessageModel::VersionCount).toInt(), 2);
        stage.conversation().chooseVersion(question.data(ui::MessageModel::MessageId).toString(),
                                           -1);
        QTRY_COMPARE(stage.messages().index(0).data(ui::MessageModel::QuestionText).toString(),
                     QString("First wording"));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void a_reply_is_stopped_and_says_so() {
        app::Recording recording = words_recording(0, 3, 0);
        recording.replies[0].finish = app::RecordedReply::Finish::Hang;
        Stage stage(std::move(recording));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QTRY_VERIFY(stage.conversation().running());
        QTRY_VERIFY(stage.kinds().contains("prose"));
        QElapsedTimer timer;
        timer.start();
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.ended());
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
        const QModelIndex foot = stage.messages().index(stage.messages().count() - 1);
        QVERIFY(
            foot.data(ui::MessageModel::StateText).toString().startsWith("Stopped by you after"));
        QVERIFY(foot.data(ui::MessageModel::CanContinue).toBool());
        QVERIFY(QTest::qWaitFor([&] { return stage.item("continueReply") != nullptr; }));
    }

    void delete_can_be_undone() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Keep me"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        stage.key(Qt::Key_Delete, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 0);
        QVERIFY(stage.conversation().empty());
        QTRY_VERIFY(stage.app().toasts()->shown());
        QVERIFY(QTest::qWaitFor([&] { return stage.item("toastAction") != nullptr; }));
        stage.click(stage.item("toastAction"));
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        QTRY_COMPARE(stage.conversation().title(), QString("Keep me"));
    }

    void drafts_are_kept_for_each_conversation_and_over_a_restart() {
        QTemporaryDir folder;
        {
            Stage stage(words_recording(0, 3, 0), folder.path());
            QVERIFY(stage.started());
            QVERIFY(stage.ask("First"));
            QVERIFY(stage.ended());
            stage.conversation().composer()->setText("half a thought");
            stage.app().newConversation();
            QTRY_VERIFY(stage.conversation().empty());
            QCOMPARE(stage.conversation().composer()->text(), QString());
            stage.conversation().composer()->setText("on the start page");
        }
        Stage stage(words_recording(0, 3, 0), folder.path());
        QVERIFY(stage.started());
        QTRY_COMPARE(stage.conversation().composer()->text(), QString("on the start page"));
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        stage.app().openNeighbour(1);
        QTRY_COMPARE(stage.conversation().composer()->text(), QString("half a thought"));
    }

    // I8: another conversation is read while a reply runs; it goes on, and is there from its start.
    void a_reply_goes_on_while_another_conversation_is_read() {
        Stage stage(words_recording(20, 40, 5));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Long one"));
        const QString id = stage.conversation().conversationId();
        stage.app().newConversation();
        QVERIFY(stage.conversation().empty());
        QVERIFY(!stage.conversation().running());
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);
        const QModelIndex row = stage.app().conversations()->index(0);
        QTRY_COMPARE(row.data(ui::ConversationListModel::RunState).toString(), QString("running"));
        QTRY_COMPARE_WITH_TIMEOUT(row.data(ui::ConversationListModel::RunState).toString(),
                                  QString("unread"), 15000);
        stage.app().open(id);
        QTRY_VERIFY(stage.kinds().contains("foot"));
        QCOMPARE(stage.kinds().first(), QString("question"));
    }

    void rename_and_pin() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_F2);
        QVERIFY(QTest::qWaitFor([&] { return stage.item("titleEdit") != nullptr; }));
        stage.type("Sky");
        stage.key(Qt::Key_Return);
        QCOMPARE(stage.conversation().title(), QString("Sky"));
        const QModelIndex row = stage.app().conversations()->index(0);
        QTRY_COMPARE(row.data(ui::ConversationListModel::Title).toString(), QString("Sky"));
        stage.app().conversations()->setPinned(stage.conversation().conversationId(), true);
        QTRY_COMPARE(
            stage.app().conversations()->index(0).data(ui::ConversationListModel::Group).toString(),
            QString("Pinned"));
    }
};

DEEPWELL_TEST(ConversationTest)
#include "conversation_test.moc"
