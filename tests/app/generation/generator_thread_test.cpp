// What is promised of every Generator: exactly one Ended a request, order, quick stops.
#include <map>
#include <random>

#include "tests/app/generation/scripted.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;
using namespace std::chrono_literals;

namespace {

Request request_of(const std::string& reply) {
    Request request;
    request.reply = reply;
    request.guard = LoopGuardChoice::Off;
    return request;
}

RecordedReply endless() {
    return scripted({"thinking"}, true, RecordedReply::Finish::Hang);
}

}  // namespace

class GeneratorThreadTest : public QObject {
    Q_OBJECT
private slots:
    void one_end_each_under_random_calls() {
        const unsigned seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        Recording recording;
        RecordedReply slow = scripted({});
        for (int i = 0; i < 20; ++i) slow.pieces.push_back({"w ", 1});
        recording.replies = {scripted({"a</think>b"}), endless(), slow, endless()};
        Ear ear;
        std::map<std::string, int> submitted;
        {
            const auto player = start_player(recording, ear.sink());
            for (int i = 0; i < 400; ++i) {
                const std::string any =
                    std::string("r") + std::to_string(random() % (submitted.size() + 1));
                switch (random() % 7) {
                    case 0:
                    case 1:
                    case 2: {
                        const std::string id = std::string("r") + std::to_string(submitted.size());
                        submitted[id] = 0;
                        player->submit(request_of(id));
                        break;
                    }
                    case 3:
                    case 4:
                        player->stop(any);
                        break;
                    case 5:
                        player->answer_now(any);
                        break;
                    case 6:
                        if (random() % 4 == 0) {
                            player->load({});
                        } else if (random() % 4 == 0) {
                            player->stop("");
                        } else {
                            std::this_thread::yield();
                        }
                        break;
                }
            }
        }
        std::map<std::string, bool> over;
        for (const Heard& item : ear.all()) {
            if (item.reply.empty()) continue;
            QVERIFY2(!over[item.reply], "an event came after Ended");
            if (std::holds_alternative<Ended>(item.event)) {
                ++submitted[item.reply];
                over[item.reply] = true;
            }
        }
        for (const auto& [id, ends] : submitted) QVERIFY2(ends == 1, id.c_str());
    }

    void requests_are_served_in_their_order() {
        Recording recording;
        recording.replies = {scripted({"a</think>b"})};
        Ear ear;
        {
            const auto player = start_player(recording, ear.sink());
            for (int i = 0; i < 5; ++i)
                player->submit(request_of(std::string("r") + std::to_string(i)));
            QVERIFY(ear.wait_for<Ended>("r4"));
        }
        std::vector<std::string> ends;
        for (const Heard& item : ear.all()) {
            if (std::holds_alternative<Ended>(item.event)) ends.push_back(item.reply);
        }
        QCOMPARE(ends, (std::vector<std::string>{"r0", "r1", "r2", "r3", "r4"}));
    }

    void a_waiting_request_is_stopped_while_another_runs() {
        Recording recording;
        recording.replies = {endless()};
        Ear ear;
        const auto player = start_player(recording, ear.sink());
        player->submit(request_of("first"));
        player->submit(request_of("second"));
        QVERIFY(ear.wait_for<Started>("first"));
        player->stop("second");
        QVERIFY(ear.wait_for<Ended>("second"));
        QCOMPARE(told_of(ear.all(), "first").ends, 0);
        QCOMPARE(told_of(ear.all(), "second").ended->reason, StopReason::Stopped);
        player->stop("first");
        QVERIFY(ear.wait_for<Ended>("first"));
    }

    void stop_ends_within_200_ms_and_keeps_the_text() {
        Recording recording;
        recording.replies = {endless()};
        Ear ear;
        const auto player = start_player(recording, ear.sink());
        player->submit(request_of("r"));
        QVERIFY(ear.wait_for<Delta>("r"));
        const auto asked = std::chrono::steady_clock::now();
        player->stop("r");
        QVERIFY(ear.wait_for<Ended>("r"));
        QVERIFY(ear.all().back().at - asked < 200ms);
        const Told told = told_of(ear.all(), "r");
        QCOMPARE(told.thought, std::string("thinking"));
        QCOMPARE(*told.ended->thought_ended_by, ThoughtEndedBy::Stop);
    }

    void answer_now_closes_the_thought_and_goes_on_behind_it() {
        RecordedReply reply = scripted({"Step one"});
        for (int i = 0; i < 3000; ++i) reply.pieces.push_back({" and on", 1});
        for (const char* piece : {"</think>", "\n\n", "So 4."}) reply.pieces.push_back({piece, 0});
        Recording recording;
        recording.replies = {reply};
        Ear ear;
        const auto player = start_player(recording, ear.sink());
        player->submit(request_of("r"));
        QVERIFY(ear.wait_for<Delta>("r"));
        player->answer_now("r");
        QVERIFY(ear.wait_for<Ended>("r"));
        const Told told = told_of(ear.all(), "r");
        QCOMPARE(told.closed, std::vector<ThoughtEndedBy>{ThoughtEndedBy::AnswerNow});
        QCOMPARE(told.answer, std::string("So 4."));
        QVERIFY(told.thought_tokens < 1000);
    }

    void the_last_recording_is_played_again_and_again() {
        Recording recording;
        recording.replies = {scripted({"a</think>one"}), scripted({"b</think>two"})};
        Ear ear;
        {
            const auto player = start_player(recording, ear.sink());
            for (const char* id : {"1", "2", "3"}) player->submit(request_of(id));
            QVERIFY(ear.wait_for<Ended>("3"));
        }
        QCOMPARE(told_of(ear.all(), "1").answer, std::string("one"));
        QCOMPARE(told_of(ear.all(), "2").answer, std::string("two"));
        QCOMPARE(told_of(ear.all(), "3").answer, std::string("two"));
    }

    void a_recording_says_what_is_wrong_with_it() {
        for (const char* text : {"", "[]", "{}", R"({"replies": []})", R"({"replies": [{}]})",
                                 R"({"replies": [{"pieces": [{}]}]})",
                                 R"({"replies": [{"pieces": [{"base64": "!"}]}]})",
                                 R"({"replies": [{"pieces": [], "finish": "maybe"}]})"}) {
            const auto parsed = parse_recording(text);
            QVERIFY2(!parsed, text);
            QVERIFY(!parsed.error().message.empty());
        }
        const auto good = parse_recording(
            R"({"replies": [{"opened_by_template": true, "pieces": [{"text": "a", "delay_ms": 16},
                {"base64": "8J+YgA=="}], "finish": "length"}]})");
        QVERIFY(good);
        QCOMPARE(good->replies[0].pieces[1].bytes, std::string("😀"));
        QCOMPARE(good->replies[0].finish, RecordedReply::Finish::Length);
    }
};

DEEPWELL_TEST(GeneratorThreadTest)
#include "generator_thread_test.moc"
