// The thought as it is shown: timer, tokens, depth, folding; budget, answer now, reserve; the cases
// of the field about thoughts and answers (A), endless thoughts (B) and streamed bytes (E).
#include "tests/support/test_main.h"
#include "tests/ui/support/stage.h"

using namespace deepwell;
using tests::Stage;
using tests::text_reply;
using tests::words_recording;

class ThinkingTest : public QObject {
    Q_OBJECT
private:
    static ui::ThoughtModel* thought(Stage& stage) {
        for (int row = stage.messages().count(); row-- > 0;) {
            const QModelIndex at = stage.messages().index(row);
            if (at.data(ui::MessageModel::Kind).toString() == "thought") {
                return at.data(ui::MessageModel::Thought).value<ui::ThoughtModel*>();
            }
        }
        return nullptr;
    }
    static QString answer(Stage& stage) {
        return QString::fromStdString(stage.messages().lastReply()->answer);
    }

private slots:
    void while_it_runs_it_is_timed_counted_and_as_deep_as_the_budget() {
        // 600 tokens at once, then one every 50 ms.
        app::Recording recording = words_recording(900, 5, 0);
        for (std::size_t i = 600; i < 900; ++i) recording.replies[0].pieces[i].delay_ms = 50;
        Stage stage(std::move(recording));
        QVERIFY(stage.started());
        stage.conversation().setEffort(static_cast<int>(app::Effort::Short));
        QVERIFY(stage.ask("Question"));
        QTRY_VERIFY(thought(stage));
        QTRY_VERIFY2(thought(stage)->tokensText().startsWith("6"),
                     qPrintable(thought(stage)->tokensText()));
        QVERIFY2(thought(stage)->tokensText().endsWith(" of 1,024 tokens"),
                 qPrintable(thought(stage)->tokensText()));
        QVERIFY(thought(stage)->running());
        QVERIFY(!thought(stage)->folded());
        QVERIFY(thought(stage)->depth() >= 600.0 / 1024.0);
        QVERIFY(thought(stage)->depth() < 1);
        QTRY_VERIFY(thought(stage)->timeText() >= QString("0:01"));
        QTRY_VERIFY(stage.item("thoughtText"));
        QCOMPARE(stage.conversation().phase(), QString("thinking"));
        // Folded by a click on its row and opened again: by hand beats by itself.
        QVERIFY(stage.click("thoughtRow"));
        QVERIFY(thought(stage)->folded());
        QVERIFY(stage.click("thoughtRow"));
        QVERIFY(!thought(stage)->folded());
        QVERIFY(stage.click("answerNow"));
        QVERIFY(stage.ended());
        QVERIFY2(thought(stage)->title().startsWith("Thought ended by you"),
                 qPrintable(thought(stage)->title()));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    void the_budget_closes_it_and_the_answer_comes() {
        Stage stage(words_recording(1500, 5, 0));
        QVERIFY(stage.started());
        stage.conversation().setEffort(static_cast<int>(app::Effort::Short));
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY2(thought(stage)->title().startsWith("Thought stopped at the budget · 1,"),
                 qPrintable(thought(stage)->title()));
        QVERIFY(answer(stage).startsWith("word"));
    }

    // J4: the context never ends inside a thought.
    void the_reserve_leaves_room_for_the_answer() {
        Stage stage(words_recording(3000, 5, 0));
        QVERIFY(stage.started());
        stage.conversation().setEffort(static_cast<int>(app::Effort::Unlimited));
        stage.conversation().chooseVariant(std::nullopt, 2048);
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY2(thought(stage)->title().startsWith("Thought stopped to leave room for the answer"),
                 qPrintable(thought(stage)->title()));
        QVERIFY(answer(stage).startsWith("word"));
    }

    void off_answers_at_once() {
        Stage stage(app::Recording{{text_reply("42")}});
        QVERIFY(stage.started());
        stage.conversation().setEffort(static_cast<int>(app::Effort::Off));
        QCOMPARE(stage.conversation().composer()->effortText(), QString("Think: Off"));
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QCOMPARE(thought(stage)->title(), QString("Answered without thinking"));
        QCOMPARE(answer(stage), QString("42"));
    }

    // A1, A2, A4, A5, A11, A12: what is thought and what is answer.
    void the_field_cases_data() {
        QTest::addColumn<bool>("opened");
        QTest::addColumn<QStringList>("pieces");
        QTest::addColumn<QString>("thinks");
        QTest::addColumn<QString>("answers");
        const auto row = [](const char* name, bool opened, const QStringList& pieces,
                            const char* thinks, const char* answers) {
            QTest::newRow(name) << opened << pieces << QString(thinks) << QString(answers);
        };
        row("A1 another tag", false, {"<thinking>plan</thinking> done"}, "",
            "<thinking>plan</thinking> done");
        row("A2 empty thought", false, {"<think></think>", "DeepSeek is a company"}, "",
            "DeepSeek is a company");
        row("A4 only the closing tag", true, {"reasoning ", "text", "</think>", "\n\nanswer"},
            "reasoning text", "answer");
        row("A5 quoted tags", false,
            {"<think>hm</think>", "The tags `<think>` and `</think>` part them."}, "hm",
            "The tags `<think>` and `</think>` part them.");
        row("A11 plain R1", false, {"<think>\nhm\n</think>\n\n42"}, "hm", "42");
        row("A12 with the answer", true, {"hm", "</think>\n\nHi"}, "hm", "Hi");
        row("A12 split", true, {"hm", "</th", "ink>", "\n\nHi"}, "hm", "Hi");
    }
    void the_field_cases() {
        QFETCH(bool, opened);
        QFETCH(QStringList, pieces);
        QFETCH(QString, thinks);
        QFETCH(QString, answers);
        app::RecordedReply reply;
        reply.opened_by_template = opened;
        for (const QString& piece : pieces) reply.pieces.push_back({piece.toStdString(), 0});
        Stage stage(app::Recording{{reply}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Question about <think>"));
        QVERIFY(stage.ended());
        QCOMPARE(thought(stage)->text(), thinks);
        QCOMPARE(answer(stage), answers);
        QVERIFY(!thought(stage)->running());
        QCOMPARE(thought(stage)->title() == "Answered without thinking", thinks.isEmpty());
        // A3, A5: titles hold no tag; the question stays as it was typed.
        QCOMPARE(stage.conversation().title(), QString("Question about"));
        QCOMPARE(stage.messages().index(0).data(ui::MessageModel::QuestionText).toString(),
                 QString("Question about <think>"));
    }

    // B2: the guard ends the loop, hides the repeats, and its box goes on from there.
    void a_loop_is_ended_and_answered_from_there() {
        app::RecordedReply loop;
        loop.opened_by_template = true;
        loop.pieces.push_back({"Anna is the aunt. ", 0});
        for (int i = 0; i < 600; ++i) {
            loop.pieces.push_back(
                {i % 30 == 29 ? "again.\n" : "step" + std::to_string(i % 30) + " ", 0});
        }
        loop.pieces.push_back({"</think>", 0});
        Stage stage(app::Recording{{loop, text_reply("</think>Berta.")}});
        QVERIFY(stage.started());
        QVERIFY(stage.ask("Who is the aunt?"));
        QVERIFY(stage.ended());
        QTRY_VERIFY(stage.kinds().contains("problem"));
        QTRY_VERIFY(stage.item("problemAction0"));
        QVERIFY2(thought(stage)->title().startsWith("Thought ended in a loop"),
                 qPrintable(thought(stage)->title()));
        QVERIFY(stage.click("problemAction0"));
        QVERIFY(stage.ended());
        QTRY_COMPARE(answer(stage), QString("Berta."));
        QVERIFY(!stage.kinds().contains("problem"));
        QVERIFY2(stage.warnings().isEmpty(), qPrintable(stage.warnings().join('\n')));
    }

    // E1: no half character is ever shown.
    void characters_in_pieces_are_whole() {
        app::RecordedReply reply;
        const std::string emoji = "😀 🇮🇩 👨‍👩‍👧 👍🏽";
        for (const char byte : emoji) reply.pieces.push_back({std::string(1, byte), 2});
        Stage stage(app::Recording{{reply}});
        QVERIFY(stage.started());
        bool broken = false;
        connect(&stage.messages(), &QAbstractItemModel::dataChanged, this, [&] {
            if (const app::Message* last = stage.messages().lastReply()) {
                broken |= QString::fromStdString(last->answer).contains(QChar(0xFFFD));
            }
        });
        QVERIFY(stage.ask("Question"));
        QVERIFY(stage.ended());
        QVERIFY(!broken);
        QCOMPARE(answer(stage), QString::fromStdString(emoji));
    }

    void a_thought_is_kept_folded_or_open_as_set() {
        for (const bool show : {false, true}) {
            Stage stage(words_recording(30, 30, 1));
            QVERIFY(stage.started());
            stage.app().generation()->setShowThought(show);
            stage.app().generation()->setFoldThought(false);
            if (!show) stage.app().generation()->setShowThought(false);
            QVERIFY(stage.ask("Question"));
            QVERIFY(stage.ended());
            QCOMPARE(thought(stage)->folded(), !show);
        }
    }
};

DEEPWELL_TEST(ThinkingTest)
#include "thinking_test.moc"
