#include "app/conversations/conversation_json.h"
#include "app/conversations/day_groups.h"
#include "app/conversations/fingerprint.h"
#include "app/conversations/reply_journal.h"
#include "app/conversations/title.h"
#include "tests/support/test_main.h"

using namespace deepwell::app;

class ValuesTest : public QObject {
    Q_OBJECT
private slots:
    void titles_come_from_the_first_question_and_never_hold_think_tags() {
        QCOMPARE(title_from_question("  How deep\n is   the well? "),
                 std::string("How deep is the well?"));
        QCOMPARE(title_from_question("<think>secret</think> Hello"), std::string("Hello"));
        QCOMPARE(title_from_question("a </think> b <think> c"), std::string("a b c"));
        QCOMPARE(title_from_question("x\u202Ey\x07z"), std::string("xy z"));
        QCOMPARE(title_from_question(""), std::string());
        const auto cut = title_from_question(std::string(200, 'a'));
        QVERIFY(cut.starts_with(std::string(59, 'a')));
        QCOMPARE(std::string_view(cut).substr(59), std::string_view("…"));
        QCOMPARE(title_from_question(std::string(60, 'a')), std::string(60, 'a'));
        // Cut between graphemes: a family of four is one.
        constexpr std::string_view kFamily = "👨‍👩‍👧‍👦";
        std::string families;
        for (int i = 0; i < 70; ++i) families += kFamily;
        const auto short_families = title_from_question(families);
        QCOMPARE(short_families.size(), 59 * kFamily.size() + 3);
    }

    void a_journal_makes_a_reply() {
        using Kind = JournalEntry::Kind;
        Message reply;
        for (const auto& entry : std::vector<JournalEntry>{{Kind::ThoughtOpened, "template", 0, 0},
                                                           {Kind::Thought, "Let ", 1, 10},
                                                           {Kind::Thought, "me", 1, 20},
                                                           {Kind::ThoughtClosed, "budget", 0, 30},
                                                           {Kind::Answer, "42", 2, 0}}) {
            apply(entry, reply);
        }
        QCOMPARE(reply.thought->text, std::string("Let me"));
        QCOMPARE(reply.thought->tokens.value(), std::int64_t(2));
        QCOMPARE(reply.thought->ms.value(), 30.0);
        QCOMPARE(reply.thought->opened_by.value(), ThoughtOpenedBy::Template);
        QCOMPARE(reply.thought->ended_by.value(), ThoughtEndedBy::Budget);
        QCOMPARE(reply.answer, std::string("42"));
    }

    void all_answer_text_so_far_can_turn_out_to_be_the_thought() {
        using Kind = JournalEntry::Kind;
        Message reply;
        apply({Kind::Answer, "Hmm", 1, 0}, reply);
        apply({Kind::AnswerWasThought, "", 0, 0}, reply);
        apply({Kind::ThoughtClosed, "model", 0, 5}, reply);
        apply({Kind::Answer, "Yes", 1, 0}, reply);
        QCOMPARE(reply.thought->text, std::string("Hmm"));
        QCOMPARE(reply.answer, std::string("Yes"));
        QCOMPARE(reply.answer_tokens.value(), std::int64_t(1));
    }

    void an_interruption_ends_an_open_thought() {
        Message reply;
        reply.state = MessageState::Queued;
        const std::vector<JournalEntry> entries = {{JournalEntry::Kind::Thought, "x", 1, 1}};
        interrupt(entries, 9, reply);
        QCOMPARE(reply.state, MessageState::Interrupted);
        QCOMPARE(reply.thought->ended_by.value(), ThoughtEndedBy::Interruption);
        QCOMPARE(reply.finished.value(), std::int64_t(9));
        Message empty;
        interrupt({}, 9, empty);
        QCOMPARE(empty.state, MessageState::Interrupted);
        QVERIFY(!empty.thought);
    }

    void seeds_keep_all_64_bits() {
        Generation generation;
        generation.seed = 18446744073709551615ull;
        const auto json = to_json(generation);
        QCOMPARE(json["seed"].get<std::string>(), std::string("18446744073709551615"));
        QCOMPARE(generation_from_json(json)->seed, generation.seed);
        QVERIFY(!generation_from_json(parse_json(R"({"seed": "18446744073709551616"})")));
        QVERIFY(!generation_from_json(parse_json(R"({"seed": "-1"})")));
    }

    void wrong_types_count_as_missing_and_unknown_keys_stay() {
        WrongKeys wrong;
        const auto message = message_from_json(
            parse_json(R"({"id": "m", "parent": 7, "role": "user", "state": "weird",
                           "created": "yesterday", "thought": null, "answer": {"text": "x"},
                           "colour": "blue"})"),
            &wrong);
        QVERIFY(message.has_value());
        QCOMPARE(wrong, (WrongKeys{"parent", "state", "created"}));
        QCOMPARE(to_json(*message)["colour"].get<std::string>(), std::string("blue"));
        QVERIFY(!message_from_json(parse_json(R"({"role": "user"})")));
        QVERIFY(!message_from_json(parse_json("[]")));
    }

    void the_fingerprint_is_that_of_the_shared_vectors() {
        // sha256 of the bytes that the rule names, for two messages, computed by sha256sum.
        std::vector<Message> messages(2);
        messages[0].id = "a";
        messages[0].answer = "q";
        messages[1].id = "b";
        messages[1].parent = "a";
        messages[1].role = Role::Assistant;
        messages[1].thought.emplace();
        messages[1].thought->text = "t";
        messages[1].answer = "r";
        QCOMPARE(fingerprint(messages),
                 std::string("495d07ac98c0c0c12401ad580bbb0552020896ae17df9f76eaa10d676dfe9fdd"));
    }

    void groups_follow_the_order_even_when_the_clock_jumps() {
        const auto zone = QTimeZone::utc();
        const Milliseconds day = 24LL * 3600 * 1000;
        // Thursday 26 November 2026, noon.
        const Milliseconds now = 1795694400000;
        const auto row = [](Milliseconds updated, bool pinned = false) {
            ConversationRow row;
            row.updated = updated;
            row.pinned = pinned;
            return row;
        };
        const std::vector<ConversationRow> rows = {
            row(now - 400 * day, true), row(now),           row(now - day), row(now - 2 * day),
            row(now + 300 * day),  // written while the clock was wrong
            row(now - 5 * day),         row(now - 30 * day)};
        using Kind = DayGroup::Kind;
        const auto groups = day_groups(rows, now, zone);
        QCOMPARE(groups[0], DayGroup{Kind::Pinned});
        QCOMPARE(groups[1], DayGroup{Kind::Today});
        QCOMPARE(groups[2], DayGroup{Kind::Yesterday});
        QCOMPARE(groups[3], DayGroup{Kind::EarlierThisWeek});
        QCOMPARE(groups[4], DayGroup{Kind::EarlierThisWeek});
        QCOMPARE(groups[5], (DayGroup{Kind::Month, 2026, 11}));
        QCOMPARE(groups[6], (DayGroup{Kind::Month, 2026, 10}));
    }
};

DEEPWELL_TEST(ValuesTest)
#include "values_test.moc"
