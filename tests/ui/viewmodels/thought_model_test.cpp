#include "ui/viewmodels/conversation/thought_model.h"

#include "tests/support/test_main.h"

using namespace deepwell;
using ui::ThoughtModel;

class ThoughtModelTest : public QObject {
    Q_OBJECT
private:
    static app::Message reply(std::optional<app::ThoughtEndedBy> by, int tokens, double ms) {
        app::Message message;
        message.id = "r";
        message.role = app::Role::Assistant;
        message.thought = app::Thought{};
        message.thought->text = "considered";
        message.thought->tokens = tokens;
        message.thought->ms = ms;
        message.thought->ended_by = by;
        return message;
    }

private slots:
    void titles_data() {
        QTest::addColumn<int>("by");
        QTest::addColumn<int>("tokens");
        QTest::addColumn<double>("ms");
        QTest::addColumn<QString>("title");
        using By = app::ThoughtEndedBy;
        const auto row = [](By by, int tokens, double ms, const char* title) {
            QTest::newRow(title) << static_cast<int>(by) << tokens << ms
                                 << QString::fromUtf8(title);
        };
        row(By::Model, 1204, 41000, "Thought for 41 s · 1,204 tokens");
        row(By::Budget, 4096, 60000, "Thought stopped at the budget · 4,096 tokens");
        row(By::AnswerNow, 640, 22000, "Thought ended by you · 22 s");
        row(By::Reserve, 12288, 90000,
            "Thought stopped to leave room for the answer · 12,288 tokens");
        row(By::LoopGuard, 3290, 112000, "Thought ended in a loop · 3,290 tokens");
        row(By::Stop, 640, 22000, "Thought not finished · 22 s · 640 tokens");
    }
    void titles() {
        QFETCH(int, by);
        QFETCH(int, tokens);
        QFETCH(double, ms);
        QFETCH(QString, title);
        ThoughtModel thought;
        thought.show(reply(static_cast<app::ThoughtEndedBy>(by), tokens, ms));
        QCOMPARE(thought.title(), title);
        QVERIFY(thought.folded());
        QVERIFY(thought.accessibleName().endsWith("folded"));
    }

    // A2: `<think></think>` is no thought.
    void an_empty_thought_is_none() {
        ThoughtModel thought;
        app::Message message = reply(app::ThoughtEndedBy::Model, 0, 0);
        message.thought->text.clear();
        thought.show(message);
        QCOMPARE(thought.title(), QString("Answered without thinking"));
        QVERIFY(!thought.hasText());
    }

    void running_shows_timer_tokens_and_depth() {
        ThoughtModel thought;
        app::LiveReply live;
        live.message = reply(std::nullopt, 911, 0);
        live.message.thought->budget_tokens = 4096;
        live.phase = app::Phase::Thinking;
        live.thought_began = 1000;
        thought.follow(live, 32000);
        QVERIFY(thought.running());
        QCOMPARE(thought.timeText(), QString("0:31"));
        QCOMPARE(thought.tokensText(), QString("911 of 4,096 tokens"));
        QVERIFY(std::abs(thought.depth() - 911.0 / 4096) < 1e-9);
        thought.tick(63000);
        QCOMPARE(thought.timeText(), QString("1:02"));
    }

    void the_readers_own_fold_wins() {
        ThoughtModel thought;
        thought.show(reply(app::ThoughtEndedBy::Model, 10, 1000));
        thought.toggleFold();
        QVERIFY(!thought.folded());
        thought.foldByItself();
        QVERIFY(!thought.folded());
        thought.toggleFold();
        thought.openByItself();
        QVERIFY(thought.folded());
    }
};

DEEPWELL_TEST(ThoughtModelTest)
#include "thought_model_test.moc"
