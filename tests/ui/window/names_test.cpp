// Every control has a name for screen readers, and can be reached by keyboard.
#include <QtGui/QAccessible>

#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;

class NamesTest : public QObject {
    Q_OBJECT
private:
    static void check(QQuickItem* item, QStringList& nameless) {
        if (!item->isVisible()) return;
        if (QAccessibleInterface* face = QAccessible::queryAccessibleInterface(item)) {
            const auto role = face->role();
            const bool control = role == QAccessible::Button || role == QAccessible::ButtonMenu ||
                                 role == QAccessible::CheckBox ||
                                 role == QAccessible::RadioButton || role == QAccessible::Slider ||
                                 role == QAccessible::EditableText || role == QAccessible::List ||
                                 role == QAccessible::ListItem;
            if (control && face->text(QAccessible::Name).isEmpty()) {
                nameless << QString("%1 %2").arg(item->metaObject()->className(),
                                                 item->objectName());
            }
        }
        for (QQuickItem* child : item->childItems()) check(child, nameless);
    }

private slots:
    void every_control_has_a_name() {
        QAccessible::setActive(true);
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        QStringList nameless;
        check(stage.window()->contentItem(), nameless);
        for (const char* page : {"models", "generation", "appearance", "hardware", "about"}) {
            stage.app().showSettings(page);
            QTest::qWait(1);
            check(stage.window()->contentItem(), nameless);
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join('\n')));
    }

    void roles_are_those_of_the_design() {
        QAccessible::setActive(true);
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        const auto face = [&](const char* name) {
            return QAccessible::queryAccessibleInterface(stage.item(name));
        };
        QCOMPARE(face("conversationList")->role(), QAccessible::List);
        QCOMPARE(face("conversationList")->text(QAccessible::Name), QString("Conversations"));
        QVERIFY(face("variantButton")->text(QAccessible::Name).startsWith("Model: "));
        QVERIFY(face("thoughtRow")->text(QAccessible::Name).endsWith("folded"));
    }

    void phases_ends_toasts_and_banners_are_spoken() {
        QAccessible::setActive(true);
        Stage stage(tests::words_recording(5, 12, 2));
        QVERIFY(stage.started());
        QStringList said;
        connect(&stage.app(), &ui::ApplicationModel::announcementChanged, this,
                [&] { said << stage.app().announcement(); });
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QTRY_VERIFY(said.contains("Answer finished, 12 words"));
        QVERIFY(said.contains("Thinking"));
        // Not token by token.
        QVERIFY2(said.size() < 8, qPrintable(said.join('\n')));
        auto* live = stage.window()->findChild<QQuickItem*>("announcer");
        QVERIFY(live);
        QCOMPARE(QAccessible::queryAccessibleInterface(live)->text(QAccessible::Name), said.last());
        stage.app().toasts()->say("Copied", "check");
        QCOMPARE(stage.app().announcement(), QString("Copied"));
        stage.app().problems()->raise(app::no_card_problem("The driver did not answer."));
        QVERIFY(stage.app().announcement().startsWith("No graphics card found"));
    }

    // Tab from the composer comes back to it, and passes the places that matter.
    void tab_goes_round() {
        Stage stage(ui::demo_recording(0, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("How deep is the well?"));
        QVERIFY(stage.ended());
        stage.key(Qt::Key_L, Qt::ControlModifier);
        QSet<QString> passed;
        for (int i = 0; i < 60; ++i) {
            stage.key(Qt::Key_Tab);
            for (QQuickItem* at = stage.window()->activeFocusItem(); at != nullptr;
                 at = at->parentItem()) {
                passed << at->objectName();
            }
        }
        for (const char* name :
             {"effortButton", "newConversation", "searchButton", "conversationList",
              "settingsButton", "variantButton", "exportButton", "composerText", "copyAnswer"}) {
            QVERIFY2(passed.contains(name), name);
        }
    }
};

DEEPWELL_TEST(NamesTest)
#include "names_test.moc"
