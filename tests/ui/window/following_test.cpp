// The view follows the end only while the reader lets it: acceptance 3 and cases L1, L3.
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::words_recording;

class FollowingTest : public QObject {
    Q_OBJECT
private:
    static void wheel(Stage& stage, int notches) {
        QQuickItem* list = stage.item("messageList");
        const QPointF at = list->mapToScene({list->width() / 2, list->height() / 3});
        QWheelEvent event(at, stage.window()->mapToGlobal(at.toPoint()), {}, {0, 120 * notches},
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(stage.window(), &event);
    }
    // The row at the top of the view, and where it stands on the screen.
    static std::pair<QString, qreal> top(QQuickItem* list) {
        QObject* content = list->property("contentItem").value<QObject*>();
        auto* item = qobject_cast<QQuickItem*>(content);
        QQuickItem* best = nullptr;
        qreal where = 1e9;
        for (QQuickItem* row : item->childItems()) {
            if (!row->property("kind").isValid() || !row->isVisible()) continue;
            const qreal y = row->mapToItem(list, {0, 0}).y();
            if (y + row->height() > 0 && y < where) {
                where = y;
                best = row;
            }
        }
        return {best ? best->property("messageId").toString() + best->property("kind").toString()
                     : QString(),
                where};
    }

private slots:
    void the_end_stays_in_view_while_following() {
        Stage stage(words_recording(0, 500, 2));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QQuickItem* list = stage.item("messageList");
        QVERIFY(list->property("following").toBool());
        QTRY_VERIFY(list->property("endDistance").toReal() <= 1);
        QTRY_VERIFY(list->property("contentHeight").toReal() > list->height());
    }

    void not_one_pixel_moves_while_the_reader_is_above() {
        // 100 tokens a second.
        Stage stage(words_recording(0, 700, 10));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QQuickItem* list = stage.item("messageList");
        QTRY_VERIFY_WITH_TIMEOUT(list->property("contentHeight").toReal() > list->height() + 300,
                                 15000);
        QVERIFY(stage.conversation().running());
        wheel(stage, 2);
        QVERIFY(!list->property("following").toBool());
        QTest::qWait(30);
        const auto before = top(list);
        const qreal height = list->property("contentHeight").toReal();
        int looks = 0;
        while (stage.conversation().running() && looks < 100) {
            QTest::qWait(15);
            const auto now = top(list);
            QCOMPARE(now.first, before.first);
            QCOMPARE(now.second, before.second);
            ++looks;
        }
        QVERIFY(looks > 3);
        QVERIFY(list->property("contentHeight").toReal() > height);
        QVERIFY(stage.item("toEnd"));
        stage.click(stage.item("toEnd"));
        QVERIFY(list->property("following").toBool());
        QTRY_VERIFY(list->property("endInView").toBool());
    }

    void ctrl_end_in_the_composer_follows_again() {
        Stage stage(words_recording(0, 500, 0));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QQuickItem* list = stage.item("messageList");
        wheel(stage, 5);
        QVERIFY(!list->property("following").toBool());
        stage.key(Qt::Key_End, Qt::ControlModifier);
        QVERIFY(list->property("following").toBool());
    }

    void a_thought_folds_when_the_answer_starts() {
        Stage stage(words_recording(30, 30, 1));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        auto* thought =
            stage.messages().index(1).data(ui::MessageModel::Thought).value<ui::ThoughtModel*>();
        QVERIFY(thought->hasText());
        QVERIFY(thought->folded());
    }

    void a_thought_that_the_reader_opened_stays_open() {
        Stage stage(words_recording(60, 40, 5));
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question"));
        QTRY_VERIFY(stage.kinds().contains("thought"));
        const QString id = stage.messages().index(1).data(ui::MessageModel::MessageId).toString();
        stage.messages().toggleFold(id);
        stage.messages().toggleFold(id);
        QVERIFY(stage.ended());
        auto* thought =
            stage.messages().index(1).data(ui::MessageModel::Thought).value<ui::ThoughtModel*>();
        QVERIFY(!thought->folded());
    }
};

DEEPWELL_TEST(FollowingTest)
#include "following_test.moc"
