// The question while it is written: how much of the context it takes with all that goes before it,
// counted by the model's own vocabulary, and what is offered where it does not fit (J1, J2).
#include "app/models/library.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;

class ComposerTest : public QObject {
    Q_OBJECT
private:
    // The starter's vocabulary counts; recorded replies answer.
    static Stage::Set set(app::Recording recording) {
        return {
            .recording = std::move(recording), .folder = {}, .program_folder = tests::data_dir()};
    }
    static int used(Stage& stage) {
        QString text = stage.conversation().composer()->shortContextText();
        return text.section(' ', 0, 0).remove(',').toInt();
    }
    static QString words(int count) {
        QString text;
        for (int i = 0; i < count; ++i) text += QString("number %1 and ").arg(i * 7919 % 10007);
        return text;
    }
    static bool ready(Stage& stage) {
        return QTest::qWaitFor([&] { return stage.app().variants()->rowCount() == 1; }, 10000);
    }

private slots:
    void init() {
        if (app::find_starter(tests::data_dir()).empty()) {
            QSKIP("the starter model is not in resources/starter");
        }
    }

    void the_meter_counts_what_is_written() {
        Stage stage(set({{text_reply("A short answer.")}}));
        QVERIFY(stage.started());
        QVERIFY(ready(stage));
        QTRY_VERIFY(used(stage) > 0);
        const int empty = used(stage);
        stage.type("What is 17 + 25?");
        QTRY_VERIFY(used(stage) > empty);
        const int one = used(stage);
        stage.type(" And what is 3 + 4?");
        QTRY_VERIFY(used(stage) > one);
        stage.key(Qt::Key_Return);
        QVERIFY(stage.ended());
        // Answered: the question and its answer stand in the next prompt.
        QTRY_VERIFY(used(stage) > one);
        QCOMPARE(stage.conversation().composer()->contextState(), QString("ok"));
    }

    void a_question_that_does_not_fit_says_so_and_its_end_can_be_sent() {
        Stage stage(set({{text_reply("answer")}}));
        QVERIFY(stage.started());
        QVERIFY(ready(stage));
        stage.conversation().composer()->replaceText(words(4000));
        QTRY_VERIFY(!stage.conversation().composer()->problem().isEmpty());
        QVERIFY2(stage.conversation().composer()->problem().contains("tokens; only"),
                 qPrintable(stage.conversation().composer()->problem()));
        QVERIFY(!stage.conversation().composer()->canSend());
        stage.key(Qt::Key_Return);
        QVERIFY(stage.conversation().empty());
        QVERIFY(stage.click("sendTheEnd"));
        QVERIFY(stage.ended());
        const QString question =
            stage.messages().index(0).data(ui::MessageModel::QuestionText).toString();
        QVERIFY(question.size() > 1000);
        QVERIFY(words(4000).endsWith(question));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void what_goes_before_is_asked_about_before_it_is_sent() {
        Stage stage(set({{text_reply(words(700).toStdString()), text_reply("second")}}));
        QVERIFY(stage.started());
        QVERIFY(ready(stage));
        QVERIFY(stage.ask(words(300)));
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.conversation().composer()->contextState(), QString("bad"));
        stage.type("Next?");
        QTRY_VERIFY(stage.conversation().composer()->canSend());
        QTest::qWait(400);
        stage.key(Qt::Key_Return);
        QTRY_COMPARE(stage.app().problems()->title(),
                     QString("The conversation is longer than the context"));
        QCOMPARE(stage.conversation().composer()->text(), QString("Next?"));
        stage.app().problems()->act("LeaveOut");
        QVERIFY(stage.ended());
        QTRY_COMPARE(stage.messages().lastReply()->answer, std::string("second"));
        QVERIFY(!stage.app().problems()->hasBanner());
    }
};

DEEPWELL_TEST(ComposerTest)
#include "composer_test.moc"
