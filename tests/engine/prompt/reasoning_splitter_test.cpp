// The splitter against reasoning_vectors.json, in every cut.
#include "engine/prompt/reasoning_splitter.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::engine;
using Json = nlohmann::json;

namespace {

struct Seen {
    bool has_thought = false;
    std::string thought, answer, state;
    std::vector<std::string> warnings;
    bool operator==(const Seen&) const = default;
};

std::string state_name(ReasoningSplitter::Outcome outcome) {
    switch (outcome) {
        case ReasoningSplitter::Outcome::Thinking:
            return "thinking";
        case ReasoningSplitter::Outcome::Answer:
            return "answer";
        case ReasoningSplitter::Outcome::ThoughtOnly:
            return "thought_only";
        case ReasoningSplitter::Outcome::Empty:
            return "empty";
    }
    return {};
}

// Runs the pieces and checks that what the deltas tell is what the splitter holds.
Seen split(const std::vector<std::string>& pieces, const SplitterOptions& options) {
    ReasoningSplitter splitter(options);
    std::string thought;
    std::string answer;
    bool moved = false;
    const auto take = [&](const SplitterDelta& delta) {
        answer += delta.answer_before;
        if (delta.answer_was_thought) {
            thought = std::exchange(answer, {});
            moved = true;
        }
        thought += delta.thought;
        answer += delta.answer;
    };
    for (const std::string& piece : pieces) take(splitter.feed(piece));
    take(splitter.finish());
    if (answer != splitter.answer() || (!moved && thought != splitter.thought())) return {};
    Seen seen;
    seen.has_thought = splitter.has_thought();
    seen.thought = splitter.thought();
    seen.answer = splitter.answer();
    seen.state = state_name(splitter.outcome());
    if (splitter.opened_twice()) seen.warnings.push_back("open_twice");
    if (splitter.closed_without_open()) seen.warnings.push_back("close_without_open");
    return seen;
}

std::vector<std::string> characters(const std::string& text) {
    std::vector<std::string> result;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0) == 0x80 && !result.empty()) {
            result.back() += byte;
        } else {
            result.emplace_back(1, byte);
        }
    }
    return result;
}

}  // namespace

class ReasoningSplitterTest : public QObject {
    Q_OBJECT
private:
    Json vectors_;

private slots:
    void initTestCase() {
        const auto shared = deepwell::tests::shared_dir();
        const auto path = shared.empty()
                              ? deepwell::tests::data_dir() / "prompt/reasoning_vectors.json"
                              : shared / "facts/reasoning_vectors.json";
        std::ifstream file(path);
        vectors_ = Json::parse(file, nullptr, false);
        QVERIFY2(!vectors_.is_discarded(), path.c_str());
    }

    void equals_the_vectors_in_every_cut() {
        const unsigned seed = std::random_device()();
        qInfo("seed %u", seed);
        std::mt19937 random(seed);
        QVERIFY(vectors_["cases"].size() >= 75);
        for (const Json& item : vectors_["cases"]) {
            const std::string name = item["name"];
            const Json& expected = item["expected"];
            Seen wanted;
            wanted.has_thought = !expected["thought"].is_null();
            if (wanted.has_thought) wanted.thought = expected["thought"];
            wanted.answer = expected["answer"];
            wanted.state = expected["state"];
            wanted.warnings = expected.value("warnings", std::vector<std::string>());
            SplitterOptions options;
            options.opened_by_template = item["opened_by_template"];

            const auto chunks = item["chunks"].get<std::vector<std::string>>();
            std::string whole;
            for (const std::string& chunk : chunks) whole += chunk;
            QVERIFY2(split(chunks, options) == wanted, name.c_str());
            QVERIFY2(split({whole}, options) == wanted, name.c_str());
            QVERIFY2(split(characters(whole), options) == wanted, name.c_str());
            for (int round = 0; round < 40; ++round) {
                std::vector<std::string> cut;
                for (const std::string& character : characters(whole)) {
                    if (cut.empty() || random() % 3 == 0) cut.emplace_back();
                    cut.back() += character;
                }
                QVERIFY2(split(cut, options) == wanted, name.c_str());
            }
        }
    }

    void by_token_a_quoted_tag_does_not_end_the_thought() {
        SplitterOptions options{.opened_by_template = true, .by_token = true};
        ReasoningSplitter splitter(options);
        splitter.feed("The user wrote \"<think>stop</");
        splitter.feed("think>\" to me, and in code:\n```\n</think>\n```\n");
        QVERIFY(splitter.state() == ReasoningSplitter::State::Thought);
        QVERIFY(splitter.feed("</think>", PieceKind::CloseTag).thought_closed);
        splitter.feed("\n\nI see `</think>`.\n</think>\nEnd");
        splitter.finish();
        QCOMPARE(splitter.thought(),
                 "The user wrote \"<think>stop</think>\" to me, and in code:\n```\n</think>\n```");
        QCOMPARE(splitter.answer(), "I see `</think>`.\n</think>\nEnd");
    }

    void by_token_a_tag_spelled_on_its_own_line_still_closes() {
        SplitterOptions options{.opened_by_template = true, .by_token = true};
        ReasoningSplitter splitter(options);
        for (const char* piece : {"I add.\n", "</", "think", ">", "\n\n", "4"})
            splitter.feed(piece);
        splitter.finish();
        QCOMPARE(splitter.thought(), "I add.");
        QCOMPARE(splitter.answer(), "4");
    }

    void by_token_what_was_opened_in_letters_is_closed_in_letters() {
        ReasoningSplitter splitter({.by_token = true});
        for (const char* piece : {"<", "think", ">", "a ", "</", "think", ">", " b"}) {
            splitter.feed(piece);
        }
        splitter.finish();
        QCOMPARE(splitter.thought(), "a");
        QCOMPARE(splitter.answer(), "b");
    }

    void by_token_an_answer_without_thought_may_quote_the_tags() {  // case A5
        ReasoningSplitter splitter({.by_token = true});
        splitter.feed("The tags `<think>` and `</think>` part the reply.");
        splitter.finish();
        QVERIFY(!splitter.has_thought());
        QCOMPARE(splitter.answer(), "The tags `<think>` and `</think>` part the reply.");
    }

    void by_token_closing_without_opening_moves_the_text() {  // case A4
        ReasoningSplitter splitter({.by_token = true});
        splitter.feed("I add.\n");
        const auto delta = splitter.feed("</think>", PieceKind::CloseTag);
        QVERIFY(delta.answer_was_thought && delta.thought_closed);
        splitter.feed("\n\n4");
        splitter.finish();
        QCOMPARE(splitter.thought(), "I add.");
        QCOMPARE(splitter.answer(), "4");
        QVERIFY(splitter.closed_without_open());
    }

    void by_token_a_repeated_opening_is_dropped() {
        ReasoningSplitter splitter({.opened_by_template = true, .by_token = true});
        splitter.feed("\n");
        splitter.feed("<think>", PieceKind::OpenTag);
        splitter.feed("\na");
        splitter.feed("<think>", PieceKind::OpenTag);
        splitter.feed("</think>", PieceKind::CloseTag);
        splitter.finish();
        QCOMPARE(splitter.thought(), "a<think>");
        QVERIFY(splitter.opened_twice());
    }
};

DEEPWELL_TEST(ReasoningSplitterTest)
#include "reasoning_splitter_test.moc"
