// The keys of the window, with the focus in the composer, in an answer and in the sidebar.
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::words_recording;

class KeysTest : public QObject {
    Q_OBJECT
private:
    static void focus(Stage& stage, const QString& where) {
        if (where == "composer") stage.key(Qt::Key_L, Qt::ControlModifier);
        if (where == "answer") stage.item("proseText")->forceActiveFocus();
        if (where == "sidebar") stage.item("conversationList")->forceActiveFocus();
    }

private slots:
    void keys_work_wherever_the_focus_is_data() {
        QTest::addColumn<QString>("where");
        for (const char* where : {"composer", "answer", "sidebar"})
            QTest::newRow(where) << QString(where);
    }
    void keys_work_wherever_the_focus_is() {
        QFETCH(QString, where);
        Stage stage(words_recording(4, 6, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY(QTest::qWaitFor([&] { return stage.item("proseText") != nullptr; }));
        const auto at = [&] { focus(stage, where); };
        constexpr auto kControl = Qt::ControlModifier;
        constexpr auto kBoth = Qt::ControlModifier | Qt::ShiftModifier;

        at();
        stage.key(Qt::Key_Comma, kControl);
        QCOMPARE(stage.app().page(), QString("settings"));
        stage.key(Qt::Key_Escape);
        QCOMPARE(stage.app().page(), QString("conversation"));

        at();
        stage.key(Qt::Key_F, kBoth);
        QCOMPARE(stage.app().page(), QString("search"));
        stage.key(Qt::Key_Escape);
        QCOMPARE(stage.app().page(), QString("conversation"));

        at();
        stage.key(Qt::Key_T, kControl);
        auto* thought =
            stage.messages().index(1).data(ui::MessageModel::Thought).value<ui::ThoughtModel*>();
        QVERIFY(!thought->folded());
        stage.key(Qt::Key_T, kBoth);
        QVERIFY(thought->folded());

        at();
        const int effort = stage.conversation().composer()->effort();
        stage.key(Qt::Key_H, kBoth);
        QVERIFY(stage.conversation().composer()->effort() != effort);

        at();
        stage.key(Qt::Key_B, kControl);
        QTRY_VERIFY(stage.item("rail"));
        stage.key(Qt::Key_B, kControl);
        QTRY_VERIFY(stage.item("sidebar"));

        at();
        stage.key(Qt::Key_F1);
        auto* sheet = stage.window()->findChild<QObject*>("keySheet");
        QVERIFY(sheet);
        QTRY_VERIFY(sheet->property("opened").toBool());
        stage.key(Qt::Key_Escape);
        QTRY_VERIFY(!sheet->property("opened").toBool());

        at();
        stage.key(Qt::Key_E, kControl);
        auto* dialog = stage.window()->findChild<QObject*>("exportDialog");
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->property("opened").toBool());
        stage.key(Qt::Key_Escape);
        QTRY_VERIFY(!dialog->property("opened").toBool());

        at();
        stage.key(Qt::Key_M, kControl);
        auto* switcher = stage.window()->findChild<QObject*>("variantSwitcher");
        QVERIFY(switcher);
        QTRY_VERIFY(switcher->property("opened").toBool());
        stage.key(Qt::Key_Escape);
        QTRY_VERIFY(!switcher->property("opened").toBool());

        at();
        stage.key(Qt::Key_N, kControl);
        QTRY_VERIFY(stage.conversation().empty());
        stage.key(Qt::Key_PageDown, kControl);
        QTRY_VERIFY(!stage.conversation().empty());
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void typing_anywhere_goes_to_the_composer() {
        Stage stage(words_recording(0, 6, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY(QTest::qWaitFor([&] { return stage.item("proseText") != nullptr; }));
        stage.item("proseText")->forceActiveFocus();
        stage.type("next");
        QCOMPARE(stage.conversation().composer()->text(), QString("next"));
    }

    void up_in_an_empty_composer_edits_the_last_question() {
        Stage stage(words_recording(0, 6, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_L, Qt::ControlModifier);
        stage.key(Qt::Key_Up);
        QVERIFY(QTest::qWaitFor([&] { return stage.item("questionEditor") != nullptr; }));
    }

    void answer_now_by_key() {
        app::Recording recording = words_recording(400, 6, 5);
        Stage stage(std::move(recording));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QTRY_COMPARE(stage.conversation().phase(), QString("thinking"));
        stage.key(Qt::Key_J, Qt::ControlModifier);
        QVERIFY(stage.ended());
        auto* thought =
            stage.messages().index(1).data(ui::MessageModel::Thought).value<ui::ThoughtModel*>();
        QVERIFY2(thought->title().startsWith("Thought ended by you"), qPrintable(thought->title()));
    }

    void text_size_and_theme_by_key() {
        Stage stage(words_recording(0, 3, 0));
        QVERIFY(stage.started());
        stage.key(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(stage.app().settings()->textSize(), 110);
        stage.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(stage.app().settings()->textSize(), 100);
        const bool dark = stage.app().settings()->dark();
        stage.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(stage.app().settings()->dark(), !dark);
    }
};

DEEPWELL_TEST(KeysTest)
#include "keys_test.moc"
