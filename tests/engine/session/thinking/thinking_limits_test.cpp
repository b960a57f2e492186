#include "engine/session/thinking/thinking_limits.h"

#include "tests/support/test_main.h"

using namespace deepwell::engine;

namespace {

ThinkingSettings opened() {
    ThinkingSettings settings;
    settings.splitter.opened_by_template = true;
    return settings;
}

// Feeds "word word … " until the step asks for something; the number of tokens fed.
int feed_until_insert(ThinkingLimits& limits, const std::string& word, ReplyStep& step, int most) {
    for (int i = 1; i <= most; ++i) {
        // Ids never repeat, so the loop guard has nothing to say.
        step = limits.feed(1000 + i, word);
        if (step.action != ReplyStep::Action::GoOn) return i;
    }
    return 0;
}

}  // namespace

class ThinkingLimitsTest : public QObject {
    Q_OBJECT

private slots:
    void a_spent_budget_closes_the_thought_and_the_answer_begins() {
        ThinkingSettings settings = opened();
        settings.budget = 50;
        ThinkingLimits limits(settings);
        ReplyStep step;
        QCOMPARE(feed_until_insert(limits, "word ", step, 100), 50);
        QCOMPARE(int(step.action), int(ReplyStep::Action::Insert));
        QVERIFY(step.closed_by == ThoughtClosedBy::Budget);
        QVERIFY(step.insert.ends_with("</think>\n\n"));
        QVERIFY(step.delta.thought_closed);
        QVERIFY(!limits.in_thought());
        const ReplyStep answer = limits.feed(1, "42");
        QCOMPARE(answer.delta.answer, std::string("42"));
        // The closing sentence is part of the thought.
        QVERIFY(limits.splitter().thought().ends_with("answer now."));
    }

    void the_budget_ends_at_a_sentence_if_one_ends_near_it() {
        ThinkingSettings settings = opened();
        settings.budget = 100;
        ThinkingLimits limits(settings);
        ReplyStep step;
        QCOMPARE(feed_until_insert(limits, "word ", step, 91), 0);
        step = limits.feed(1, "done.");
        QVERIFY(step.closed_by == ThoughtClosedBy::Budget);
    }

    void the_answer_reserve_is_kept() {
        ThinkingSettings settings = opened();
        settings.context = 1024;
        settings.prompt_tokens = 100;
        settings.reserve = answer_reserve(1024);
        ThinkingLimits limits(settings);
        ReplyStep step;
        const int fed = feed_until_insert(limits, "word ", step, 1024);
        QVERIFY(step.closed_by == ThoughtClosedBy::Reserve);
        QVERIFY(100 + fed + 32 + 512 <= 1024 + 1);
        QVERIFY(fed > 300);
    }

    void reserves_are_a_quarter_within_bounds() {
        QCOMPARE(answer_reserve(16'384), std::size_t(4096));
        QCOMPARE(answer_reserve(131'072), std::size_t(4096));
        QCOMPARE(answer_reserve(8192), std::size_t(2048));
        QCOMPARE(answer_reserve(1500), std::size_t(512));
        QCOMPARE(answer_reserve(600), std::size_t(300));
    }

    void answer_now_waits_for_the_sentence() {
        ThinkingLimits limits(opened());
        limits.feed(1, "Let me ");
        limits.request_answer_now();
        QVERIFY(limits.feed(2, "think").action == ReplyStep::Action::GoOn);
        const ReplyStep step = limits.feed(3, ".");
        QVERIFY(step.closed_by == ThoughtClosedBy::AnswerNow);
    }

    void answer_now_takes_effect_after_twenty_tokens_at_most() {
        ThinkingLimits limits(opened());
        limits.feed(1, "x ");
        limits.request_answer_now();
        ReplyStep step;
        QCOMPARE(feed_until_insert(limits, "word ", step, 50), 20);
    }

    void outside_a_thought_answer_now_does_nothing() {
        ThinkingLimits limits({});
        limits.feed(1, "Hello.");
        limits.request_answer_now();
        QVERIFY(limits.feed(2, " World.").action == ReplyStep::Action::GoOn);
    }

    void no_thought_is_closed_inside_a_character_or_behind_a_fresh_fence() {
        ThinkingSettings settings = opened();
        settings.budget = 3;
        ThinkingLimits limits(settings);
        limits.feed(1, "a ");
        limits.feed(2, "b ");
        QVERIFY(limits.feed(3, "", PieceKind::Text, true).action == ReplyStep::Action::GoOn);
        QVERIFY(limits.feed(4, "\n```").action == ReplyStep::Action::GoOn);
        QVERIFY(limits.feed(5, "python\n").action == ReplyStep::Action::GoOn);
        const ReplyStep step = limits.feed(6, "x = 1\n");
        QCOMPARE(int(step.action), int(ReplyStep::Action::Insert));
        QVERIFY2(step.insert.starts_with("\n```\n"), step.insert.c_str());
    }

    void a_loop_ends_the_reply_and_says_where_the_repeats_begin() {
        ThinkingLimits limits(opened());
        std::string thought = "Begin. ";
        limits.feed(1, thought);
        ReplyStep step;
        for (int i = 0; i < 300 && step.action == ReplyStep::Action::GoOn; ++i) {
            step = limits.feed(100 + i % 30, "w" + std::to_string(i % 30) + " ");
        }
        QCOMPARE(int(step.action), int(ReplyStep::Action::End));
        QVERIFY(step.repeat_in_thought);
        const std::string kept = limits.splitter().thought().substr(0, step.repeat_from);
        QVERIFY2(kept.ends_with("w28 w29 ") || kept.ends_with("w28 w29"), kept.c_str());
        QCOMPARE(kept.find("w0 "), kept.rfind("w0 "));
    }

    void a_loop_may_close_the_thought_instead() {
        ThinkingSettings settings = opened();
        settings.loop_guard = LoopGuardMode::CloseThought;
        ThinkingLimits limits(settings);
        ReplyStep step;
        for (int i = 0; i < 300 && step.action == ReplyStep::Action::GoOn; ++i) {
            step = limits.feed(100 + i % 30, "w ");
        }
        QVERIFY(step.closed_by == ThoughtClosedBy::LoopGuard);
    }

    void tokens_are_counted_by_part() {
        ThinkingLimits limits(opened());
        limits.feed(1, "one ");
        limits.feed(2, "two");
        limits.feed(3, "</think>", PieceKind::CloseTag);
        limits.feed(4, "\n\n");
        limits.feed(5, "three");
        QCOMPARE(limits.thought_tokens(), std::size_t(3));
        QCOMPARE(limits.answer_tokens(), std::size_t(2));
    }
};

DEEPWELL_TEST(ThinkingLimitsTest)
#include "thinking_limits_test.moc"
