#include "ui/viewmodels/program/toast_model.h"

#include "tests/support/test_main.h"

using deepwell::ui::ToastModel;

class ToastModelTest : public QObject {
    Q_OBJECT
private slots:
    void undo_runs_once_and_hides() {
        ToastModel toasts;
        int undone = 0;
        toasts.say("Conversation deleted", "trash", "Undo", [&] { ++undone; });
        QVERIFY(toasts.shown());
        toasts.act();
        QVERIFY(!toasts.shown());
        toasts.act();
        QCOMPARE(undone, 1);
    }
    void the_newest_stands() {
        ToastModel toasts;
        toasts.say("one", "check");
        toasts.say("two", "check");
        QCOMPARE(toasts.text(), QString("two"));
        QVERIFY(toasts.actionText().isEmpty());
    }
};

DEEPWELL_TEST(ToastModelTest)
#include "toast_model_test.moc"
