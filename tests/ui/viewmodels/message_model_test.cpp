#include "ui/viewmodels/conversation/message_model.h"

#include <QtTest/QAbstractItemModelTester>

#include "tests/support/test_main.h"

using namespace deepwell;
using ui::MessageModel;
using ui::PathMessage;

namespace {

app::Message question(const char* id, const char* text) {
    app::Message message;
    message.id = id;
    message.answer = text;
    return message;
}

app::Message reply(const char* id, const std::string& answer, const std::string& thought = {}) {
    app::Message message;
    message.id = id;
    message.role = app::Role::Assistant;
    message.answer = answer;
    if (!thought.empty()) {
        message.thought = app::Thought{};
        message.thought->text = thought;
        message.thought->tokens = 3;
        message.thought->ms = 1000;
        message.thought->ended_by = app::ThoughtEndedBy::Model;
    }
    return message;
}

QStringList kinds(const MessageModel& model) {
    QStringList kinds;
    for (int row = 0; row < model.count(); ++row) {
        kinds << model.index(row).data(MessageModel::Kind).toString();
    }
    return kinds;
}

}  // namespace

class MessageModelTest : public QObject {
    Q_OBJECT
private:
    static void show(MessageModel& model, const std::vector<PathMessage>& path) {
        QSignalSpy shown(&model, &MessageModel::shown);
        model.show(path);
        QVERIFY(shown.count() > 0 || shown.wait(5000));
    }
    static app::LiveReply live(const app::Message& message, app::Phase phase) {
        app::LiveReply live;
        live.ref.message = message.id;
        live.message = message;
        live.phase = phase;
        return live;
    }

private slots:
    void a_row_is_a_block() {
        MessageModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        show(model,
             {{question("q", "Why?"), 0, 1},
              {reply("r", "Because.\n\n```c\nint x;\n```\n\n| a |\n| - |\n| 1 |\n\n---\n\nEnd.",
                     "hm"),
               1, 3}});
        QCOMPARE(kinds(model), (QStringList{"question", "thought", "prose", "code", "table", "rule",
                                            "prose", "foot"}));
        const QModelIndex foot = model.index(model.count() - 1);
        QCOMPARE(foot.data(MessageModel::VersionIndex).toInt(), 1);
        QCOMPARE(foot.data(MessageModel::VersionCount).toInt(), 3);
        QCOMPARE(model.index(0).data(MessageModel::AccessibleName).toString(),
                 QString("Question 1 of 1"));
        QCOMPARE(model.index(1).data(MessageModel::AccessibleName).toString(),
                 QString("Answer 1 of 1, version 2 of 3"));
    }

    void another_version_keeps_the_rows_before_it() {
        MessageModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        show(model, {{question("q", "Why?"), 0, 1}, {reply("r1", "One."), 0, 2}});
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        show(model, {{question("q", "Why?"), 0, 1}, {reply("r2", "Two."), 1, 2}});
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.at(0).at(1).toInt(), 1);  // from the reply on
        QCOMPARE(kinds(model), (QStringList{"question", "thought", "prose", "foot"}));
    }

    void an_opened_thought_is_rows_of_blocks() {
        MessageModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        show(model, {{question("q", "Why?"), 0, 1},
                     {reply("r", "So.", "First.\n\n```py\nx = 1\n```"), 0, 1}});
        model.toggleFold("r");
        QTRY_COMPARE(kinds(model),
                     (QStringList{"question", "thought", "prose", "code", "prose", "foot"}));
        QVERIFY(model.index(2).data(MessageModel::InThought).toBool());
        QVERIFY(!model.index(4).data(MessageModel::InThought).toBool());
        model.toggleFold("r");
        QCOMPARE(kinds(model), (QStringList{"question", "thought", "prose", "foot"}));
    }

    // The promise of streaming: equal blocks from the front are never told as changed.
    void blocks_that_stand_are_not_touched() {
        MessageModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        app::Message message = reply("r", "");
        message.state = app::MessageState::Queued;
        show(model, {{question("q", "Why?"), 0, 1}, {message, 0, 1}});
        message.answer = "First paragraph.\n\n```c\nint x;\n```\n\nAnd";
        model.follow(live(message, app::Phase::Answering), 0);
        QTRY_COMPARE(model.count(), 5);
        QList<int> touched;
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [&](const QModelIndex& from, const QModelIndex& to) {
                    for (int row = from.row(); row <= to.row(); ++row) touched << row;
                });
        message.answer += " more words come";
        model.follow(live(message, app::Phase::Answering), 0);
        QTRY_VERIFY(!touched.isEmpty());
        QCOMPARE(touched, QList<int>{4});
        QCOMPARE(kinds(model), (QStringList{"question", "thought", "prose", "code", "prose"}));
    }

    void the_thought_folds_by_itself_only_while_following() {
        MessageModel model;
        app::Message message = reply("r", "");
        message.state = app::MessageState::Queued;
        show(model, {{question("q", "Why?"), 0, 1}, {message, 0, 1}});
        message.thought = app::Thought{};
        message.thought->text = "considered";
        model.follow(live(message, app::Phase::Thinking), 0);
        auto* thought = model.index(1).data(MessageModel::Thought).value<ui::ThoughtModel*>();
        QVERIFY(thought != nullptr && !thought->folded());
        QSignalSpy due(&model, &MessageModel::foldDue);
        message.thought->ended_by = app::ThoughtEndedBy::Model;
        message.answer = "So.";
        model.follow(live(message, app::Phase::Answering), 0);
        QCOMPARE(due.count(), 1);
        model.applyFold(false);
        QVERIFY(!thought->folded());
        model.applyFold(true);
        QVERIFY(thought->folded());
    }

    void a_stopped_reply_says_so_and_can_go_on() {
        MessageModel model;
        app::Message message = reply("r", "Half");
        message.state = app::MessageState::Stopped;
        message.answer_tokens = 312;
        message.statistics = app::Statistics{};
        message.statistics->stop_reason = app::StopReason::Stopped;
        show(model, {{question("q", "Why?"), 0, 1}, {message, 0, 1}});
        const QModelIndex foot = model.index(model.count() - 1);
        QCOMPARE(foot.data(MessageModel::StateText).toString(),
                 QString("Stopped by you after 312 tokens"));
        QVERIFY(foot.data(MessageModel::CanContinue).toBool());
    }
};

DEEPWELL_TEST(MessageModelTest)
#include "message_model_test.moc"
