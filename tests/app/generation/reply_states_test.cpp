// The table of a reply's states (design: the states of a reply), walked by the player over a real
// store: what the window sees, and what is on disk.
#include <QtCore/QElapsedTimer>
#include <QtTest/QSignalSpy>

#include "app/generation/generation_service.h"
#include "app/generation/player.h"
#include "tests/app/generation/scripted.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
namespace engine = deepwell::engine;

namespace {

constexpr int kDeadline = 20000;

engine::Result<ReplySettings> plain_settings(const Conversation&) {
    ReplySettings settings;
    settings.variant.file = "model.gguf";
    settings.model_name = "Model";
    settings.variant.context = 4096;
    return settings;
}

struct Stage {
    StoreFixture files;
    SystemClock clock;
    std::unique_ptr<GenerationService> service;
    ConversationId conversation = new_id();
    std::vector<Phase> phases;

    explicit Stage(std::vector<RecordedReply> replies, ChooseSettings choose = plain_settings) {
        if (!files.open()) qFatal("the store does not open");
        Recording recording;
        recording.replies = std::move(replies);
        service = std::make_unique<GenerationService>(
            *files.store, clock,
            [recording](EventSink sink) { return start_player(recording, std::move(sink)); },
            std::move(choose));
        QObject::connect(service.get(), &GenerationService::replyChanged, service.get(),
                         [this](const std::string& id) {
                             const LiveReply* live = service->live(id);
                             if (live == nullptr) return;
                             if (phases.empty() || phases.back() != live->phase) {
                                 phases.push_back(live->phase);
                             }
                         });
    }

    void ask(const std::string& text, std::optional<MessageId> parent = {}) {
        std::optional<Conversation> fresh;
        if (!parent) fresh.emplace();
        GenerationService::Question question;
        question.text = text;
        service->send(conversation, fresh, std::move(parent), question);
    }
    bool until(const std::function<bool()>& done) {
        QElapsedTimer timer;
        timer.start();
        while (!done()) {
            if (timer.elapsed() > kDeadline) return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
        }
        return true;
    }
    bool phase(Phase wanted) {
        return until([&] {
            const LiveReply* live = service->live(conversation);
            return live != nullptr && live->phase == wanted;
        });
    }
    // Ended, and stored.
    bool ended() {
        QSignalSpy spy(service.get(), &GenerationService::replyEnded);
        const auto over = [&] { return spy.count() > 0; };
        return until(over);
    }
    Message stored(std::size_t index = 1) {
        const auto loaded = files.load(conversation);
        return loaded && loaded->messages.size() > index ? loaded->messages[index] : Message();
    }
};

RecordedReply endless_thought() {
    return scripted({"I think"}, true, RecordedReply::Finish::Hang);
}

}  // namespace

class ReplyStatesTest : public QObject {
    Q_OBJECT
private slots:
    void from_saving_to_complete() {
        Stage stage({scripted({"Let me", " add.", "</think>", "\n\n42"})});
        stage.ask("What is 17 + 25?");
        QCOMPARE(stage.service->live(stage.conversation)->phase, Phase::Saving);
        QVERIFY(stage.ended());
        QCOMPARE(stage.phases.front(), Phase::Saving);
        QCOMPARE(stage.phases.back(), Phase::Ended);
        QVERIFY(std::find(stage.phases.begin(), stage.phases.end(), Phase::Thinking) !=
                stage.phases.end());
        const Message reply = stage.stored();
        QCOMPARE(reply.state, MessageState::Complete);
        QCOMPARE(reply.thought->text, std::string("Let me add."));
        QCOMPARE(*reply.thought->ended_by, ThoughtEndedBy::Model);
        QCOMPARE(*reply.thought->opened_by, ThoughtOpenedBy::Template);
        QCOMPARE(reply.answer, std::string("42"));
        QCOMPARE(*reply.statistics->stop_reason, StopReason::End);
        QVERIFY(reply.generation.has_value());
        QVERIFY(reply.generation->prompt.has_value());
        QVERIFY(!stage.files.list()[0].has_job);
        // A3: the title is the question's.
        QCOMPARE(stage.files.list()[0].title, std::string("What is 17 + 25?"));
    }

    void the_question_is_on_disk_before_the_generator_hears_of_it() {
        bool asked_for_settings = false;
        bool was_there = false;
        Stage stage({scripted({"x</think>y"})}, [&](const Conversation& loaded) {
            asked_for_settings = true;
            // It was read from the database, job and all.
            was_there = loaded.messages.size() == 2 && loaded.messages[0].answer == "q" &&
                        loaded.messages[1].state == MessageState::Queued;
            return plain_settings(loaded);
        });
        stage.ask("q");
        QVERIFY(stage.ended());
        QVERIFY(asked_for_settings);
        QVERIFY(was_there);
    }

    void stopped_inside_the_thought_then_continued() {
        Stage stage({endless_thought(), scripted({" more", "</think>", "done"})});
        stage.ask("q");
        QVERIFY(stage.phase(Phase::Thinking));
        QVERIFY(stage.until([&] {
            return stage.service->live(stage.conversation)->message.thought->text == "I think";
        }));
        stage.service->stop(stage.conversation);
        QCOMPARE(stage.service->live(stage.conversation)->phase, Phase::Stopping);
        QVERIFY(stage.ended());
        Message reply = stage.stored();
        QCOMPARE(reply.state, MessageState::Stopped);
        QCOMPARE(*reply.thought->ended_by, ThoughtEndedBy::Stop);
        const auto tokens = *reply.statistics->thought_tokens;

        stage.service->continue_reply({stage.conversation, reply.id});
        QVERIFY(stage.ended());
        reply = stage.stored();
        QCOMPARE(reply.state, MessageState::Complete);
        QCOMPARE(reply.thought->text, std::string("I think more"));
        QCOMPARE(reply.answer, std::string("done"));
        QVERIFY(*reply.statistics->thought_tokens > tokens);
        QCOMPARE(stage.files.load(stage.conversation)->messages.size(), std::size_t(2));
    }

    void stopped_inside_the_thought_then_answered() {
        Stage stage({endless_thought(), scripted({"thought</think>", "Seven."})});
        stage.ask("q");
        QVERIFY(stage.until([&] {
            const auto* live = stage.service->live(stage.conversation);
            return live->message.thought && live->message.thought->text == "I think";
        }));
        stage.service->stop(stage.conversation);
        QVERIFY(stage.ended());
        stage.service->answer_from_here({stage.conversation, stage.stored().id});
        QVERIFY(stage.ended());
        const Message reply = stage.stored();
        QCOMPARE(*reply.thought->ended_by, ThoughtEndedBy::AnswerNow);
        QVERIFY(reply.thought->text.rfind("I think\n", 0) == 0);
        QCOMPARE(reply.answer, std::string("Seven."));
    }

    void answer_now_while_it_thinks() {
        RecordedReply slow = scripted({"I"});
        for (int i = 0; i < 4000; ++i) slow.pieces.push_back({" go", 1});
        slow.pieces.push_back({"</think>4", 0});
        Stage stage({slow}, [](const Conversation& conversation) {
            auto settings = plain_settings(conversation);
            settings->guard = LoopGuardChoice::Off;
            return settings;
        });
        stage.ask("q");
        QVERIFY(stage.phase(Phase::Thinking));
        stage.service->answer_now(stage.conversation);
        QVERIFY(stage.ended());
        const Message reply = stage.stored();
        QCOMPARE(*reply.thought->ended_by, ThoughtEndedBy::AnswerNow);
        QCOMPARE(reply.answer, std::string("4"));
    }

    void a_loop_ends_the_reply_and_answer_from_here_cuts_the_repeats() {
        Stage stage({scripted(std::vector<std::string>(1000, " again and")),
                     scripted({"x</think>", "Enough."})});
        stage.ask("q");
        QVERIFY(stage.ended());
        Message reply = stage.stored();
        QCOMPARE(reply.state, MessageState::Stopped);
        QCOMPARE(*reply.statistics->stop_reason, StopReason::LoopGuard);
        QVERIFY(reply.repeat_from.has_value());
        const std::size_t before = reply.thought->text.size();
        stage.service->answer_from_here({stage.conversation, reply.id});
        QVERIFY(stage.ended());
        reply = stage.stored();
        QVERIFY(reply.thought->text.size() < before);
        QCOMPARE(reply.answer, std::string("Enough."));
        QCOMPARE(reply.state, MessageState::Complete);
    }

    void a_limit_and_a_failure_keep_the_text() {
        Stage limit({scripted({"a</think>b"}, true, RecordedReply::Finish::Length)});
        limit.ask("q");
        QVERIFY(limit.ended());
        QCOMPARE(limit.stored().state, MessageState::Stopped);
        const Message cut = limit.stored();
        QCOMPARE(*cut.statistics->stop_reason, StopReason::MaxTokens);

        Stage failed({scripted({"a</think>b"}, true, RecordedReply::Finish::Error)});
        failed.ask("q");
        QVERIFY(failed.ended());
        QCOMPARE(failed.stored().state, MessageState::Failed);
        QCOMPARE(failed.stored().answer, std::string("b"));
        const Message lost = failed.stored();
        QCOMPARE(lost.error->code, std::string("device-lost"));
    }

    void no_model_fails_with_the_question_kept() {
        Stage stage({scripted({"x"})}, [](const Conversation&) -> engine::Result<ReplySettings> {
            return engine::fail(engine::ErrorCode::FileNotFound, "There is no model yet.");
        });
        stage.ask("q");
        QVERIFY(stage.ended());
        QCOMPARE(stage.stored(0).answer, std::string("q"));
        QCOMPARE(stage.stored().state, MessageState::Failed);
    }

    void try_again_edit_and_reproduce_make_siblings() {
        Stage stage({scripted({"a</think>one"}), scripted({"a</think>two"})});
        stage.ask("q");
        QVERIFY(stage.ended());
        const Message first = stage.stored();
        stage.service->try_again({stage.conversation, first.id});
        QVERIFY(stage.ended());
        stage.service->try_again({stage.conversation, first.id}, true);
        QVERIFY(stage.ended());
        GenerationService::Question changed;
        changed.text = "q, but better";
        stage.service->edit({stage.conversation, stage.stored(0).id}, changed);
        QVERIFY(stage.ended());
        const auto loaded = stage.files.load(stage.conversation);
        const MessageTree tree(loaded->messages);
        QCOMPARE(tree.children(loaded->messages[0].id).size(), std::size_t(3));
        QCOMPARE(tree.children(std::nullopt).size(), std::size_t(2));
        const auto replies = tree.children(loaded->messages[0].id);
        QVERIFY(tree.find(replies[1])->generation->seed != first.generation->seed);
        QCOMPARE(tree.find(replies[2])->generation->seed, first.generation->seed);
        const auto roots = tree.children(std::nullopt);
        QCOMPARE(*tree.find(roots[1])->edited_from, roots[0]);
        QCOMPARE(tree.find(tree.children(roots[1])[0])->answer, std::string("two"));
    }

    void a_second_question_waits_for_the_first_and_conversations_wait_their_turn() {
        Stage stage({endless_thought(), scripted({"b</think>two"})});
        stage.ask("q");
        QVERIFY(stage.phase(Phase::Thinking));
        QSignalSpy refused(stage.service.get(), &GenerationService::sendFailed);
        stage.ask("another", stage.stored(0).id);
        QCOMPARE(refused.count(), 1);

        const ConversationId other = new_id();
        GenerationService::Question question;
        question.text = "other";
        stage.service->send(other, Conversation(), {}, question);
        QVERIFY(stage.until([&] {
            const auto* live = stage.service->live(other);
            return live != nullptr && live->phase == Phase::Queued;
        }));
        QCOMPARE(stage.service->live(other)->ahead, 1);
        QCOMPARE(stage.service->busy().size(), std::size_t(2));
        stage.service->stop(stage.conversation);
        QVERIFY(stage.until([&] { return !stage.service->any_running(); }));
        QCOMPARE(stage.service->live(other)->message.answer, std::string("two"));
    }

    void what_runs_when_the_program_ends_is_interrupted_at_the_next_start() {
        Stage stage({endless_thought()});
        stage.ask("q");
        QVERIFY(stage.until([&] {
            const auto* live = stage.service->live(stage.conversation);
            return live->message.thought && live->message.thought->text == "I think";
        }));
        QElapsedTimer timer;
        timer.start();
        stage.service.reset();
        stage.files.store->close();
        QVERIFY(timer.elapsed() < 700);
        QVERIFY(stage.files.open().has_value());
        const Message reply = stage.stored();
        QCOMPARE(reply.state, MessageState::Interrupted);
        QCOMPARE(reply.thought->text, std::string("I think"));
    }
};

DEEPWELL_TEST(ReplyStatesTest)
#include "reply_states_test.moc"
