// The list of conversations: groups by day, rename in place, pin, delete with undo, all by
// keyboard.
#include "app/base/ids.h"
#include "tests/support/test_main.h"
#include "tests/ui/support/event_clock.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;
using ui::ConversationListModel;

class ListTest : public QObject {
    Q_OBJECT
private:
    static constexpr app::Milliseconds kDay = 24LL * 60 * 60 * 1000;

    // Conversations of so many days ago, oldest first.
    static void fill(Stage& stage, const QList<int>& days) {
        const ui::Services services = stage.program().services();
        app::Store::ImportBatch batch;
        std::int64_t order = 0;
        for (const int age : days) {
            app::Conversation conversation;
            conversation.id = app::new_id();
            conversation.title = "Of " + std::to_string(age) + " days ago";
            conversation.created = conversation.updated = services.clock.now_ms() - age * kDay;
            conversation.order = ++order;
            app::Message question;
            question.id = app::new_id();
            question.created = conversation.updated;
            question.answer = "Question";
            conversation.current = question.id;
            conversation.messages.push_back(question);
            batch.conversations.push_back(std::move(conversation));
        }
        services.store.import_batch(std::move(batch), {});
        QTRY_COMPARE(stage.app().conversations()->rowCount(), static_cast<int>(days.size()));
    }
    static QStringList column(Stage& stage, int role) {
        QStringList texts;
        const auto* list = stage.app().conversations();
        for (int row = 0; row < list->rowCount(); ++row) {
            texts << list->index(row).data(role).toString();
        }
        return texts;
    }

private slots:
    void groups_are_days_and_months() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        fill(stage, {400, 1, 0});
        const QStringList groups = column(stage, ConversationListModel::Group);
        QCOMPARE(groups[0], QString("Today"));
        QCOMPARE(groups[1], QString("Yesterday"));
        const QDate then = QDate::currentDate().addDays(-400);
        QCOMPARE(groups[2], QLocale(QLocale::English).standaloneMonthName(then.month()) + ' ' +
                                QString::number(then.year()));
        QCOMPARE(column(stage, ConversationListModel::Title)[2], QString("Of 400 days ago"));
    }

    void a_row_is_renamed_and_deleted_by_keyboard() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        fill(stage, {2, 1, 0});
        stage.item("conversationList")->forceActiveFocus();
        stage.key(Qt::Key_Home);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_F2);
        QTRY_VERIFY(stage.item("titleField"));
        QTRY_VERIFY(stage.item("titleField")->hasActiveFocus());
        stage.key(Qt::Key_A, Qt::ControlModifier);
        stage.type("Named");
        stage.key(Qt::Key_Return);
        QTRY_VERIFY(column(stage, ConversationListModel::Title).contains("Named"));
        const int row =
            static_cast<int>(column(stage, ConversationListModel::Title).indexOf("Named"));
        const QString id =
            stage.app().conversations()->index(row).data(ConversationListModel::Id).toString();
        stage.app().open(id);
        QTRY_COMPARE(stage.conversation().title(), QString("Named"));
        stage.item("conversationList")->forceActiveFocus();
        stage.key(Qt::Key_Delete);
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 2);
        QVERIFY(stage.click("toastAction"));
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 3);
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void the_menu_of_a_row_opens_by_keyboard_and_pins() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        fill(stage, {2, 1, 0});
        stage.app().openNeighbour(1);
        QTRY_VERIFY(!stage.conversation().title().isEmpty());
        stage.item("conversationList")->forceActiveFocus();
        stage.key(Qt::Key_Menu);
        QTRY_VERIFY(stage.item("menuPin"));
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Return);
        QTRY_COMPARE(column(stage, ConversationListModel::Group).first(), QString("Pinned"));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void enter_opens_and_arrows_move() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        fill(stage, {2, 1, 0});
        stage.app().openNeighbour(1);
        stage.item("conversationList")->forceActiveFocus();
        stage.key(Qt::Key_Down);
        stage.key(Qt::Key_Return);
        QTRY_COMPARE(stage.conversation().title(), QString("Of 1 days ago"));
        stage.key(Qt::Key_PageDown, Qt::ControlModifier);
        QTRY_COMPARE(stage.conversation().title(), QString("Of 2 days ago"));
    }

    void two_thousand_rows_do_not_stop_the_window() {
        Stage stage(app::Recording{{text_reply("answer")}});
        QVERIFY(stage.started());
        QList<int> days;
        for (int i = 0; i < 2000; ++i) days << 2000 - i;
        tests::reset_longest_event();
        fill(stage, days);
        QVERIFY2(tests::longest_event_ms() < 100,
                 qPrintable(QString::number(tests::longest_event_ms())));
    }
};

DEEPWELL_TEST(ListTest)
#include "list_test.moc"
