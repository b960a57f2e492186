// Faults that users of other programs reported (facts on cases: A, B, E), as scripted replies that
// go the whole way from the generator to the events.
#include <random>

#include "tests/app/generation/scripted.h"
#include "tests/support/test_main.h"

using namespace deepwell::tests;

namespace {

std::vector<std::string> cut(const std::string& text, std::size_t length) {
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < text.size(); at += length) {
        pieces.push_back(text.substr(at, length));
    }
    return pieces;
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> pieces;
    std::size_t begin = 0;
    for (std::size_t at = 1; at <= text.size(); ++at) {
        if (at == text.size() || text[at] == ' ') {
            pieces.push_back(text.substr(begin, at - begin));
            begin = at;
        }
    }
    return pieces;
}

bool ordered(const Told& told, const std::vector<std::string>& wanted) {
    if (told.order == wanted) return true;
    std::string got;
    for (const std::string& kind : told.order) got += kind + " ";
    qWarning("order: %s", got.c_str());
    return false;
}

}  // namespace

class ReplyCasesTest : public QObject {
    Q_OBJECT
private slots:
    void a1_other_tags_are_text() {
        const Told told = play(scripted(cut("<thinking>plan</thinking> done", 3), false));
        QVERIFY(!told.has_thought);
        QCOMPARE(told.answer, std::string("<thinking>plan</thinking> done"));
        QCOMPARE(told.ends, 1);
    }

    void a2_an_empty_thought_is_no_thinking() {
        const Told told = play(scripted({"<think>", "</think>", "DeepSeek is a company."}, false));
        QVERIFY(told.has_thought);
        QCOMPARE(told.thought, std::string());
        QCOMPARE(told.answer, std::string("DeepSeek is a company."));
    }

    void a4_thought_from_the_first_token_where_the_template_opened_it() {
        const Told told = play(scripted({"I", " add", ".\n", "</think>", "\n\n", "4"}));
        QVERIFY(ordered(told, {"queued", "read-progress", "started", "thought-opened", "delta",
                               "thought-closed", "delta", "ended"}));
        QCOMPARE(told.thought, std::string("I add."));
        QCOMPARE(told.answer, std::string("4"));
    }

    void a4_closing_without_opening_makes_the_answer_the_thought() {
        const Told told = play(scripted({"I add.\n", "</think>", "\n\n4"}, false));
        QCOMPARE(told.thought, std::string("I add."));
        QCOMPARE(told.answer, std::string("4"));
        QCOMPARE(told.closed.size(), std::size_t(1));
    }

    void a5_quoted_tags_in_an_answer_are_text() {
        const std::string answer = "`<think>` opens and `</think>` closes it.";
        const Told told = play(scripted(cut("I quote.</think>" + answer, 4)));
        QCOMPARE(told.answer, answer);
    }

    void a11_no_empty_lines_before_the_answer() {
        const Told told = play(scripted(cut("<think>\nhm\n</think>\n\n42", 5), false));
        QCOMPARE(told.thought, std::string("hm"));
        QCOMPARE(told.answer, std::string("42"));
    }

    void a12_a_closing_tag_split_over_pieces_loses_nothing() {
        for (const auto& pieces : {std::vector<std::string>{"hm", "</think>\n\nHi"},
                                   std::vector<std::string>{"hm</th", "ink>\n\nHi"}}) {
            const Told told = play(scripted(pieces));
            QCOMPARE(told.thought, std::string("hm"));
            QCOMPARE(told.answer, std::string("Hi"));
        }
    }

    void b2_a_loop_of_sentences_ends_the_reply_and_says_where() {
        const std::string begin = "Anna has two brothers. ";
        std::string loop =
            "If Bert is the father of Carl and Dora is the sister of Emil then "
            "Fred must be the uncle of Gina, but that cannot be, so let me start "
            "over with Hugo once more. ";
        std::string text = begin;
        for (int i = 0; i < 40; ++i) text += loop;
        const Told told = play(scripted(words(text)));
        QVERIFY(told.ended.has_value());
        QCOMPARE(told.ended->reason, StopReason::LoopGuard);
        QVERIFY(told.ended->repeat_in_thought);
        QVERIFY(told.ended->repeat_from.has_value());
        // Within three repeats, and what stays holds the sentence once.
        QVERIFY(told.thought.size() < begin.size() + loop.size() * 4);
        QVERIFY(*told.ended->repeat_from >= begin.size());
        QVERIFY(*told.ended->repeat_from <= begin.size() + loop.size() + 16);
        QCOMPARE(*told.ended->thought_ended_by, ThoughtEndedBy::LoopGuard);
    }

    void b2_the_guard_closes_the_thought_where_it_may_act_by_itself() {
        std::vector<std::string> pieces(500, " again");
        for (const char* piece : {"\n", "</think>", "\n\n", "Four", "."}) pieces.push_back(piece);
        Request request;
        request.guard = LoopGuardChoice::CloseThought;
        const Told told = play(scripted(pieces), request);
        QCOMPARE(told.closed, std::vector<ThoughtEndedBy>{ThoughtEndedBy::LoopGuard});
        QCOMPARE(told.answer, std::string("Four."));
        QCOMPARE(told.ended->reason, StopReason::End);
    }

    void b3_one_word_for_ever_ends() {
        const Told told = play(scripted(std::vector<std::string>(5000, " straw")));
        QCOMPARE(told.ended->reason, StopReason::LoopGuard);
        QVERIFY(told.thought_tokens <= 250);
    }

    void b1_a_budget_closes_the_thought_and_the_answer_comes() {
        std::vector<std::string> pieces;
        for (int i = 0; i < 400; ++i) pieces.push_back(std::string(" w") + std::to_string(i));
        for (const char* piece : {"</th", "ink>\n\n", "Done", "."}) pieces.push_back(piece);
        Request request;
        request.thinking.budget = 100;
        const Told told = play(scripted(pieces), request);
        QCOMPARE(told.closed, std::vector<ThoughtEndedBy>{ThoughtEndedBy::Budget});
        QVERIFY(told.thought_tokens >= 90 && told.thought_tokens <= 160);
        QCOMPARE(told.answer, std::string("Done."));
        // The closing sentence is part of the thought, the tag is not.
        QVERIFY(told.thought.find("answer now") != std::string::npos);
        QVERIFY(told.thought.find("</think>") == std::string::npos);
    }

    void e1_characters_split_over_pieces_are_whole() {
        const std::string text = "😀 🇮🇩 👩‍👩‍👧‍👦 👍🏽 čaj 日本";
        for (const std::size_t length : {1, 2, 3, 5}) {
            const Told told = play(scripted(cut("x</think>" + text, length)));
            QCOMPARE(told.answer, text);
        }
    }

    void e3_an_unfinished_character_is_never_stored() {
        const std::string smile = "😀";
        const Told told = play(scripted({"x</think>", "ok ", smile.substr(0, 2)}, true,
                                        RecordedReply::Finish::Length));
        QCOMPARE(told.answer, std::string("ok "));
        const Told ended = play(scripted({"x</think>", "ok ", smile.substr(0, 2)}));
        QCOMPARE(ended.answer, std::string("ok \xef\xbf\xbd"));
    }

    void e5_indentation_is_kept() {
        const std::string code = "```\ndef f():\n    if x:\n        return 1\n\n    return 2\n```";
        for (const std::size_t length : {1, 4, 9}) {
            QCOMPARE(play(scripted(cut("x</think>\n\n" + code, length))).answer, code);
        }
    }

    void a_stop_text_ends_the_answer_before_it() {
        Request request;
        request.stop = {"###", "END"};
        const Told told =
            play(scripted(cut("### is fine here</think>one ## two ### three", 2)), request);
        QCOMPARE(told.thought, std::string("### is fine here"));
        QCOMPARE(told.answer, std::string("one ## two "));
        QCOMPARE(told.ended->reason, StopReason::StopString);
    }

    void the_limit_of_tokens_counts_thought_and_answer() {
        Request request;
        request.max_tokens = 3;
        const Told told = play(scripted({"a", "b", "</think>", "c", "d"}), request);
        QCOMPARE(told.ended->reason, StopReason::MaxTokens);
        QCOMPARE(told.thought_tokens + told.answer_tokens, 3);
    }

    void a_limit_inside_the_thought_says_never() {
        const Told told = play(scripted({"a", " b"}, true, RecordedReply::Finish::Length));
        QCOMPARE(*told.ended->thought_ended_by, ThoughtEndedBy::Never);
    }

    void deltas_come_at_most_30_times_a_second() {
        RecordedReply reply = scripted({});
        reply.pieces.push_back({"x</think>", 0});
        for (int i = 0; i < 300; ++i) reply.pieces.push_back({"y", 2});
        Ear ear;
        Recording recording;
        recording.replies = {reply};
        {
            const auto player = start_player(recording, ear.sink());
            Request request;
            request.reply = "r";
            request.guard = LoopGuardChoice::Off;
            player->submit(request);
            QVERIFY(ear.wait_for<Ended>("r"));
        }
        int deltas = 0;
        std::chrono::steady_clock::time_point first{};
        std::chrono::steady_clock::time_point last{};
        for (const Heard& item : ear.all()) {
            if (!std::holds_alternative<Delta>(item.event)) continue;
            if (deltas++ == 0) first = item.at;
            last = item.at;
        }
        const double seconds = std::chrono::duration<double>(last - first).count();
        // The thought's last delta and the reply's last one may come at once.
        QVERIFY2(deltas <= seconds * 30.5 + 3, qPrintable(QString::number(deltas)));
        QVERIFY(deltas >= 5);
    }
};

DEEPWELL_TEST(ReplyCasesTest)
#include "reply_cases_test.moc"
