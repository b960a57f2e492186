// The GUI thread is never busy for long: a conversation of 500 messages is opened, and an answer of
// 100 kB streams into it (A18, L7, L8).
#include <QtCore/QRandomGenerator>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

#include "app/base/ids.h"
#include "tests/support/test_main.h"
#include "tests/ui/support/event_clock.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;

class SmoothnessTest : public QObject {
    Q_OBJECT
private:
    static constexpr double kLimit = 100;  // ms of the GUI thread's own clock

    static std::string paragraph(int number) {
        std::string text =
            "Paragraph " + std::to_string(number) + " with **bold** words, `code` and";
        for (int i = 0; i < 60; ++i) text += " word" + std::to_string((number * 31 + i) % 97);
        if (number % 5 == 0) text += "\n\n```cpp\nint value = " + std::to_string(number) + ";\n```";
        if (number % 7 == 0) text += "\n\n| a | b |\n| --- | ---: |\n| one | 1 |";
        return text + "\n\n";
    }
    // The longest event since reset; what is busy longer than the limit is said.
    static bool smooth(const char* what) {
        const double longest = tests::longest_event_ms();
        qInfo("%s: the longest event took %.0f ms of the GUI thread", what, longest);
        return longest < kLimit;
    }

    static app::Conversation long_conversation(app::Milliseconds now) {
        app::Conversation conversation;
        conversation.id = app::new_id();
        conversation.title = "Long";
        conversation.created = conversation.updated = now;
        std::optional<app::MessageId> parent;
        for (int i = 0; i < 500; ++i) {
            app::Message message;
            message.id = app::new_id();
            message.parent = parent;
            message.created = now;
            if (i % 2 == 1) {
                message.role = app::Role::Assistant;
                for (int p = 0; p < 3; ++p) message.answer += paragraph(i * 3 + p);
                message.thought = app::Thought{};
                message.thought->text = paragraph(i);
                message.thought->tokens = 80;
                message.thought->ended_by = app::ThoughtEndedBy::Model;
            } else {
                message.answer = "Question " + std::to_string(i);
            }
            parent = message.id;
            conversation.messages.push_back(std::move(message));
        }
        conversation.current = parent;
        return conversation;
    }

private slots:
    void a_long_conversation_and_a_long_answer() {
        app::RecordedReply reply;
        std::size_t size = 0;
        for (int i = 0; size < 100'000; ++i) {
            const std::string text = paragraph(i);
            // In pieces of about 40 letters, a few a frame.
            for (std::size_t at = 0; at < text.size(); at += 40) {
                reply.pieces.push_back({text.substr(at, 40), 2});
            }
            size += text.size();
        }
        Stage stage(app::Recording{{reply}});
        QVERIFY(stage.started());
        const ui::Services services = stage.program().services();
        app::Store::ImportBatch batch;
        batch.conversations.push_back(long_conversation(services.clock.now_ms()));
        services.store.import_batch(std::move(batch), {});
        QTRY_COMPARE(stage.app().conversations()->rowCount(), 1);

        tests::reset_longest_event();
        stage.app().openNeighbour(1);
        QTRY_VERIFY(stage.messages().count() > 1000);
        stage.window()->grabWindow();
        QVERIFY(smooth("opening 500 messages"));

        tests::reset_longest_event();
        QQuickItem* list = stage.item("messageList");
        list->forceActiveFocus();
        for (int i = 0; i < 20; ++i) {
            stage.key(Qt::Key_PageUp);
            QTest::qWait(1);
        }
        QVERIFY(smooth("scrolling up"));
        stage.key(Qt::Key_End);

        tests::reset_longest_event();
        QVERIFY(stage.ask("And now?"));
        QVERIFY(stage.ended(60000));
        QVERIFY(smooth("streaming 100 kB"));
        QVERIFY(stage.messages().lastReply()->answer.size() > 99'000);
        QVERIFY(list->property("following").toBool());
        QTRY_VERIFY(list->property("endDistance").toReal() <= 1);
    }

    void a_long_thought() {
        Stage stage(tests::words_recording(4000, 10, 0.5));
        QVERIFY(stage.started());
        tests::reset_longest_event();
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended(60000));
        QVERIFY(smooth("a thought of 4,000 tokens"));
    }

    // A file of 160 kB put into the field by the keyboard, and asked.
    void a_pasted_file() {
        Stage stage(tests::words_recording(0, 10, 0));
        QVERIFY(stage.started());
        QString pasted;
        for (int i = 0; pasted.size() < 160'000; ++i) {
            pasted += QString::fromStdString(paragraph(i)).left(60 + i % 90).simplified() + '\n';
        }
        QGuiApplication::clipboard()->setText(pasted);
        QVERIFY(stage.click("composerText"));
        tests::reset_longest_event();
        stage.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(stage.conversation().composer()->text().size(), pasted.size());
        stage.window()->grabWindow();
        QVERIFY(smooth("pasting 160 kB"));
        QCOMPARE(stage.conversation().composer()->text(), pasted);
        // Once more, in the place of what is selected.
        stage.key(Qt::Key_A, Qt::ControlModifier);
        stage.key(Qt::Key_V, Qt::ControlModifier);
        QTRY_VERIFY(stage.item("composerField")->property("pasting").toString().isEmpty());
        QCOMPARE(stage.conversation().composer()->text(), pasted);
        tests::reset_longest_event();
        stage.key(Qt::Key_Return);
        QVERIFY(stage.ended());
        stage.window()->grabWindow();
        QVERIFY(smooth("asking 160 kB"));
        QCOMPARE(QString::fromStdString(stage.messages().lastQuestion()->answer), pasted);
        // All of it is laid out only when it is wanted, and then little by little.
        QQuickItem* list = stage.item("messageList");
        QVERIFY(list->property("contentHeight").toReal() < 2000);
        tests::reset_longest_event();
        stage.messages().unfold(0);
        QTRY_VERIFY(list->property("contentHeight").toReal() > 24.0 * pasted.count('\n'));
        QVERIFY(smooth("showing all of it"));
    }

    void a_long_question() {
        Stage stage(tests::words_recording(0, 10, 0));
        QVERIFY(stage.started());
        QString pasted;
        for (int i = 0; i < 500; ++i) {
            pasted += QString::fromStdString(paragraph(i)).left(40) + '\n';
        }
        tests::reset_longest_event();
        QVERIFY(stage.ask(pasted));
        QVERIFY(stage.ended());
        QVERIFY(smooth("a question of 20 kB"));
    }
};

DEEPWELL_TEST(SmoothnessTest)
#include "smoothness_test.moc"
