// Tokens are counted without a model in memory, and as many as are sent then.
#include "app/generation/token_counter.h"

#include "app/base/wait_for.h"
#include "app/generation/inference.h"
#include "tests/app/generation/scripted.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
namespace fs = std::filesystem;

namespace {

fs::path starter() {
    return data_dir().parent_path().parent_path() / "resources" / "starter" /
           "deepwell-starter.gguf";
}

Message message(const char* id, Role role, const char* text, std::optional<MessageId> parent) {
    Message made;
    made.id = id;
    made.role = role;
    made.answer = text;
    made.parent = std::move(parent);
    return made;
}

Message draft(std::string text) {
    Message made;
    made.answer = std::move(text);
    return made;
}

ReplySettings on_starter() {
    ReplySettings settings;
    settings.variant.file = starter();
    settings.variant.context = 1024;
    return settings;
}

Result<TokenCount> count(TokenCounter& counter, const Request& request) {
    return wait_for<TokenCount>([&](auto done) { counter.count(request, done); });
}

}  // namespace

class TokenCounterTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        QVERIFY2(fs::exists(starter()), "resources/starter: the starter model is absent");
    }

    void as_many_are_counted_as_are_sent() {
        const MessageTree tree({message("q", Role::User, "What is 17 + 25?", std::nullopt),
                                message("a", Role::Assistant, "It is **42**.", "q")});
        Attachment notes;
        notes.name = "notes.txt";
        notes.text = "A line.\nAnother, with a <think> in it.";
        Message question = draft("And 6 - 2?");
        question.attachments = {notes};
        Request request = draft_request(tree, "a", question, on_starter());
        QCOMPARE(request.path.size(), std::size_t(3));
        TokenCounter counter;
        const auto counted = count(counter, request);
        QVERIFY(counted.has_value());
        QVERIFY(counted->question > 10 && counted->question < counted->prompt);

        Ear ear;
        const auto generator = start_inference(ear.sink());
        request.reply = "r";
        request.max_tokens = 1;
        generator->submit(request);
        QVERIFY(ear.wait_for<Ended>("r"));
        int sent = 0;
        for (const Heard& heard : ear.all()) {
            if (const auto* started = std::get_if<Started>(&heard.event)) {
                sent = started->prompt_tokens;
            }
        }
        QCOMPARE(counted->prompt, sent);
    }

    void a_question_that_is_too_long_is_known_before_it_is_sent() {
        TokenCounter counter;
        std::string text;
        for (int i = 0; i < 5000; ++i) text += "word ";
        const auto counted =
            count(counter, draft_request(MessageTree(), std::nullopt, draft(text), on_starter()));
        QVERIFY(counted.has_value());
        QVERIFY(counted->prompt >= 1024);
        const auto alone =
            wait_for<int>([&](auto done) { counter.count_text(starter(), text, std::move(done)); });
        QCOMPARE(*alone, counted->question);
    }

    void the_newest_question_wins_and_all_are_answered() {
        TokenCounter counter;
        int answered = 0;
        int cancelled = 0;
        int last = 0;
        for (int i = 1; i <= 50; ++i) {
            const auto request = draft_request(
                MessageTree(), std::nullopt,
                draft(std::string(static_cast<std::size_t>(i) * 20, '7')), on_starter());
            counter.count(request, Done<TokenCount>(this, [&](const Result<TokenCount>& counted) {
                              ++answered;
                              if (counted) last = counted->question;
                              if (!counted && counted.error().code == ErrorCode::Cancelled) {
                                  ++cancelled;
                              }
                          }));
        }
        QTRY_COMPARE_WITH_TIMEOUT(answered, 50, 20'000);
        QVERIFY(cancelled > 0);
        const auto expected = wait_for<int>([&](auto done) {
            counter.count_text(starter(), std::string(1000, '7'), std::move(done));
        });
        QCOMPARE(last, *expected);
    }

    void a_file_that_is_gone_or_another_one_is_noticed() {
        QTemporaryDir folder;
        const fs::path path = folder.filePath("model.gguf").toStdString();
        TokenCounter counter;
        const auto text_tokens = [&] {
            return wait_for<int>([&](auto done) { counter.count_text(path, "Hello", done); });
        };
        QCOMPARE(text_tokens().error().code, ErrorCode::NotFound);
        fs::copy_file(starter(), path);
        QVERIFY(text_tokens().has_value());
        fs::resize_file(path, 1000);
        QCOMPARE(text_tokens().error().code, ErrorCode::Damaged);
    }
};

DEEPWELL_TEST(TokenCounterTest)
#include "token_counter_test.moc"
