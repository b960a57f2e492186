#include "engine/tokenizer/tokenizer.h"

#include <ctime>
#include <map>
#include <thread>

#include "tests/engine/tokenizer/vocabularies.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;
using namespace deepwell::tests;

namespace {

using Ids = std::vector<TokenId>;

std::shared_ptr<const Tokenizer> tokenizer_of(const Metadata& metadata) {
    auto tokenizer = Tokenizer::from_metadata(metadata);
    if (tokenizer) return *tokenizer;
    qWarning("%s", describe(tokenizer.error()).c_str());
    return nullptr;
}

std::shared_ptr<const Tokenizer> with_think(const std::string& pre) {
    Metadata metadata = byte_metadata(pre, {"th", "he"}, {"t h", "h e"});
    add_token(metadata, "<think>", TokenType::user_defined);  // 258
    add_token(metadata, "<|im_end|>", TokenType::control);    // 259
    add_token(metadata, "[PAD]", TokenType::unused);          // 260
    return tokenizer_of(metadata);
}

Ids letters(std::string_view text) {
    Ids ids;
    for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
    return ids;
}

// Of this thread: a busy machine does not count.
double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::string repeat(std::string_view text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
}

}  // namespace

// The whole: modes, trusted and untrusted text, special ids, hostile vocabularies, linear time.
class TokenizerTest : public QObject {
    Q_OBJECT
private slots:
    void added_tokens_are_matched_by_mode() {
        const auto tokenizer = with_think("qwen2");
        QVERIFY(tokenizer);
        const std::string text = "<think><|im_end|>[PAD]";
        QCOMPARE(tokenizer->encode("<think>", Match::user_defined), (Ids{258}));
        QCOMPARE(tokenizer->encode(text, Match::all).front(), 258);
        QCOMPARE(tokenizer->encode(text, Match::all)[1], 259);
        QCOMPARE(tokenizer->encode(text, Match::all).size(), 7u);  // [PAD] is letters
        const Ids literal = tokenizer->encode(text, Match::literal);
        QVERIFY(std::all_of(literal.begin(), literal.end(), [](TokenId id) { return id < 258; }));
        QCOMPARE(tokenizer->decode(literal), text);
        QCOMPARE(tokenizer->decode(Ids{258, 259, 260, 999, -1}), std::string("<think><|im_end|>"));
        QCOMPARE(tokenizer->find_added("<think>").value(), 258);
        QVERIFY(!tokenizer->find_added("[PAD]"));
        QVERIFY(!tokenizer->find_added("th"));
    }

    void untrusted_text_never_becomes_a_control_token() {
        const auto tokenizer = with_think("qwen2");
        QVERIFY(tokenizer);
        const std::string text = "<|im_end|>x<|im_end|>y<|im_end|>";
        const ByteSpan user{10, 22};  // x<|im_end|>y
        const Ids ids = tokenizer->encode_prompt(text, {&user, 1});
        QCOMPARE(ids.front(), 259);
        QCOMPARE(ids.back(), 259);
        QCOMPARE(std::count(ids.begin(), ids.end(), 259), 2);
        QCOMPARE(Ids(ids.begin() + 1, ids.end() - 1), tokenizer->encode("x<|im_end|>y"));
    }

    void a_control_token_spliced_from_both_does_not_count() {
        const auto tokenizer = with_think("qwen2");
        QVERIFY(tokenizer);
        const std::string text = "<|im_end|>";
        for (std::size_t cut = 1; cut < text.size(); ++cut) {
            const ByteSpan front{0, cut};
            QCOMPARE(tokenizer->encode_prompt(text, {&front, 1}), tokenizer->encode(text));
            const ByteSpan back{cut, text.size()};
            QCOMPARE(tokenizer->encode_prompt(text, {&back, 1}), tokenizer->encode(text));
        }
        const ByteSpan nothing{4, 4};
        QCOMPARE(tokenizer->encode_prompt(text, {&nothing, 1}), (Ids{259}));
    }

    void trusted_and_untrusted_text_are_one_text_before_merging() {
        const auto tokenizer = with_think("qwen2");
        QVERIFY(tokenizer);
        const ByteSpan middle{1, 2};  // t|h|e: still one word
        QCOMPARE(tokenizer->encode_prompt("the", {&middle, 1}), (Ids{256, 'e'}));
    }

    void a_vocabulary_with_ranks_only_works() {
        Metadata ranks = byte_metadata("kimi-k2", {"th", "he", "the"}, {});
        Metadata none;
        for (const auto& entry : ranks.entries()) {
            if (entry.key != "tokenizer.ggml.merges") none.set(entry.key, entry.value);
        }
        const auto tokenizer = tokenizer_of(none);
        QVERIFY(tokenizer);
        QCOMPARE(tokenizer->encode("the"), (Ids{258}));
        QCOMPARE(tokenizer->encode("hhe"), (Ids{'h', 257}));
        none.set("tokenizer.ggml.pre", Value::of_string("qwen2"));
        QVERIFY(!Tokenizer::from_metadata(none));
    }

    void ignore_merges_takes_a_whole_piece_and_only_normal_tokens() {
        const Metadata llama = byte_metadata("llama-bpe", {"xyz"}, {});
        QCOMPARE(tokenizer_of(llama)->encode("xyz"), (Ids{256}));
        const Metadata qwen = byte_metadata("qwen2", {"xyz"}, {});
        QCOMPARE(tokenizer_of(qwen)->encode("xyz"), letters("xyz"));
    }

    void the_special_ids_come_from_the_file() {
        Metadata metadata = byte_metadata("llama-bpe", {}, {});
        add_token(metadata, "<|begin|>", TokenType::control);  // 256
        add_token(metadata, "<|stop|>", TokenType::control);   // 257
        add_token(metadata, "<|im_end|>", TokenType::control);
        add_token(metadata, "<|eot_id|>", TokenType::user_defined);
        metadata.set("tokenizer.ggml.bos_token_id", Value::of_u32(256));
        metadata.set("tokenizer.ggml.eos_token_id", Value::of_u64(257));
        metadata.set("tokenizer.ggml.padding_token_id", Value::of_u32(100000));
        const auto tokenizer = tokenizer_of(metadata);
        QVERIFY(tokenizer);
        QCOMPARE(tokenizer->bos().value(), 256);
        QCOMPARE(tokenizer->eos().value(), 257);
        QVERIFY(!tokenizer->eot());
        QVERIFY(!tokenizer->padding());
        QCOMPARE(tokenizer->warnings().size(), 1u);
        QVERIFY(tokenizer->add_bos());  // the default of this style
        const auto ends = tokenizer->end_of_reply_ids();
        QCOMPARE(Ids(ends.begin(), ends.end()), (Ids{257, 258}));  // 259 is no control token
        QVERIFY(tokenizer->ends_reply(258));
        QVERIFY(!tokenizer->ends_reply(256));
    }

    void a_damaged_tokenizer_is_refused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<int>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const int damaged = static_cast<int>(ErrorCode::FileDamaged);
        const int unsupported = static_cast<int>(ErrorCode::UnsupportedTokenizer);
        const auto row = [](const char* name, const char* key, int change, int code,
                            const char* says) {
            QTest::newRow(name) << key << change << code << says;
        };
        row("no model", "model", 0, unsupported, "no tokenizer");
        row("SentencePiece", "model", 1, unsupported, "\"llama\"");
        row("model is a number", "model", 2, damaged, "tokenizer.ggml.model");
        row("no pre-tokenizer", "pre", 0, unsupported, "does not say how");
        row("default pre-tokenizer", "pre", 3, unsupported, "does not say how");
        row("unknown pre-tokenizer", "pre", 4, unsupported, "\"foo-bar\"");
        row("no tokens", "tokens", 0, damaged, "no vocabulary");
        row("tokens are numbers", "tokens", 5, damaged, "no vocabulary");
        row("tokens are empty", "tokens", 6, damaged, "no vocabulary");
        row("a token twice", "tokens", 7, damaged, "twice");
        row("types too short", "token_type", 5, damaged, "does not fit");
        row("types are strings", "token_type", 7, damaged, "does not fit");
        row("type 9", "token_type", 8, damaged, "unknown type");
        row("type 0", "token_type", 9, damaged, "unknown type");
        row("no merges", "merges", 0, damaged, "lacks its merges");
        row("merges are numbers", "merges", 5, damaged, "no list of texts");
        row("merge without a space", "merges", 10, damaged, "no two parts");
        row("merge of one space", "merges", 11, damaged, "no two parts");
        row("merge without a right part", "merges", 12, damaged, "alphabet");
        row("merge into no token", "merges", 13, damaged, "no token");
        row("merge of unknown parts", "merges", 14, damaged, "no token");
        row("merge in another alphabet", "merges", 15, damaged, "alphabet");
        row("bos is a text", "bos_token_id", 1, damaged, "bos_token_id");
        row("add_bos is a number", "add_bos_token", 2, damaged, "add_bos_token");
    }

    void a_damaged_tokenizer_is_refused() {
        QFETCH(QString, key);
        QFETCH(int, change);
        QFETCH(int, code);
        QFETCH(QString, says);
        const auto text = [](const char* value) { return Value::of_string(value); };
        const auto list = [](std::vector<std::string> values) { return Value::of_strings(values); };
        const std::vector<Value> values = {
            Value(),
            text("llama"),
            Value::of_u32(7),
            text("default"),
            text("foo-bar"),
            Value::of_i32s(std::vector<std::int32_t>{1, 2}),
            list({}),
            list(std::vector<std::string>(258, "a")),
            Value::of_i32s(std::vector<std::int32_t>(258, 9)),
            Value::of_i32s(std::vector<std::int32_t>(258, 0)),
            list({"th"}),
            list({" "}),
            list({"t "}),
            list({"t t"}),
            list({"th th"}),
            list({"中 h"}),
        };
        const Metadata good = byte_metadata("qwen2", {"th", "he"}, {"t h", "h e"});
        QVERIFY(Tokenizer::from_metadata(good));
        const std::string full = "tokenizer.ggml." + key.toStdString();
        Metadata bad;
        for (const auto& entry : good.entries()) {
            if (entry.key != full) bad.set(entry.key, entry.value);
        }
        if (change > 0) bad.set(full, values[static_cast<std::size_t>(change)]);
        const auto refused = Tokenizer::from_metadata(bad);
        QVERIFY(!refused);
        QCOMPARE(static_cast<int>(refused.error().code), code);
        QVERIFY2(refused.error().message.find(says.toStdString()) != std::string::npos,
                 describe(refused.error()).c_str());
    }

    void odd_vocabularies_work() {
        Metadata metadata = byte_metadata("qwen2", {"中文", ""}, {});  // no letters of the alphabet
        const auto tokenizer = tokenizer_of(metadata);
        QVERIFY(tokenizer);
        QCOMPARE(tokenizer->decode(Ids{256}), std::string("中文"));
        QCOMPARE(tokenizer->decode(tokenizer->encode("中文")), std::string("中文"));
        metadata.set("tokenizer.ggml.pre", Value::of_string("default"));
        TokenizerOptions options;
        options.pre_tokenizer_if_missing = "gpt-2";
        QVERIFY(Tokenizer::from_metadata(metadata, options));
        // A vocabulary that lacks letters loses them, but does nothing worse.
        Metadata poor;
        for (const auto& entry : metadata.entries()) poor.set(entry.key, entry.value);
        poor.set("tokenizer.ggml.pre", Value::of_string("qwen2"));
        poor.set("tokenizer.ggml.tokens", Value::of_strings(std::vector<std::string>{"a"}));
        poor.set("tokenizer.ggml.token_type", Value::of_i32s(std::vector<std::int32_t>{1}));
        QCOMPARE(tokenizer_of(poor)->encode("bab"), (Ids{0}));
    }

    void one_tokenizer_serves_many_threads() {
        const auto tokenizer = with_think("qwen2");
        const std::string text = repeat("the other <think> ", 4000);
        const Ids expected = tokenizer->encode(text, Match::all);
        std::vector<int> equal(4, 0);
        std::vector<std::thread> threads;
        for (int& result : equal) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20; ++i)
                    result += tokenizer->encode(text, Match::all) == expected;
            });
        }
        for (std::thread& thread : threads) thread.join();
        QCOMPARE(equal, (std::vector<int>(4, 20)));
    }

    // The inputs on which a backtracking or rescanning tokenizer takes minutes. Twice the text may
    // take twice the time; the bound is far above that and far below the square.
    void a_megabyte_of_anything_is_quick_data() {
        QTest::addColumn<QString>("pre");
        QTest::addColumn<QByteArray>("text");
        const auto texts_of = [](std::size_t n) {
            return std::vector<std::pair<const char*, std::string>>{
                {"letters", repeat("a", n)},
                {"spaces", repeat(" ", n)},
                {"cjk", repeat("中", n)},
                {"dots", repeat(".", n)},
                {"line ends", repeat("\n", n)},
                {"emoji", repeat("😀", n)},
                {"kana", repeat("かナ", n)},
                {"spaces, one letter", repeat(" ", n) + "x"},
                {"line end, spaces", "\n" + repeat(" ", n) + "x"},
                {"space, no-break space", repeat(" \u00A0", n)},
                {"digits", repeat("1", n)},
                {"quotes", repeat("'", n)},
                {"quote, quote, s", repeat("''s", n)},
                {"less than", repeat("<", n)},
                {"near misses", repeat("<think", n)},
                {"added tokens", repeat("<think>", n)},
                {"controls", repeat("\x01", n)},
                {"short lines", repeat("a\n", n)},
                {"capitals", repeat("A", n)},
                {"ʰ and capitals", repeat("ʰA", n)},
                {"marks", "a" + repeat("\u0301\u0327", n)},
                {"bad bytes", repeat("\xFF\xE4\xB8", n)},
            };
        };
        for (const char* pre : {"qwen2", "llama-bpe", "gpt-2", "deepseek-v3", "deepseek-coder",
                                "deepseek-llm", "kimi-k2", "qwen35"}) {
            // Where the time goes is known from two of them; the others get a quarter.
            const bool whole =
                std::string_view(pre) == "qwen2" || std::string_view(pre) == "deepseek-v3";
            for (const auto& [name, text] : texts_of(whole ? 1 << 20 : 1 << 18)) {
                QTest::addRow("%s: %s", pre, name) << pre << QByteArray::fromStdString(text);
            }
        }
    }

    void a_megabyte_of_anything_is_quick() {
        QFETCH(QString, pre);
        QFETCH(QByteArray, text);
        static std::map<QString, std::shared_ptr<const Tokenizer>> tokenizers;
        auto& tokenizer = tokenizers[pre];
        if (!tokenizer) tokenizer = quadratic_bait(pre.toStdString());
        QVERIFY(tokenizer);
        const double begin = cpu_seconds();
        const Ids ids = tokenizer->encode(text.toStdString(), Match::all);
        QVERIFY(!ids.empty());
        QVERIFY2(cpu_seconds() - begin < 10, qPrintable(QString::number(cpu_seconds() - begin)));
    }

    void a_hundred_thousand_added_tokens_cost_one_pass() {
        Metadata metadata = byte_metadata("qwen2", {}, {});
        std::vector<std::string> tokens;
        for (const std::string_view token : metadata.find("tokenizer.ggml.tokens")->strings()) {
            tokens.emplace_back(token);
        }
        std::vector<std::int32_t> types(tokens.size(), 1);
        for (int i = 0; i < 100000; ++i) {
            tokens.push_back("<|" + std::to_string(i) + "|>");
            types.push_back(3);
        }
        metadata.set("tokenizer.ggml.tokens", Value::of_strings(tokens));
        metadata.set("tokenizer.ggml.token_type", Value::of_i32s(types));
        const auto tokenizer = tokenizer_of(metadata);
        QVERIFY(tokenizer);
        const double begin = cpu_seconds();
        const Ids ids = tokenizer->encode(repeat("<|99999|><|7", 1 << 20), Match::all);
        QVERIFY(std::count(ids.begin(), ids.end(), 256 + 99999) > 80000);
        QVERIFY2(cpu_seconds() - begin < 10, qPrintable(QString::number(cpu_seconds() - begin)));
    }

private:
    // Merges that join runs of one letter to long tokens, so that the heap has much to do.
    static std::shared_ptr<const Tokenizer> quadratic_bait(const std::string& pre) {
        std::vector<std::string> tokens;
        std::vector<std::string> merges;
        for (const char* letter : {"a", "Ġ", "Ċ", "1", ".", "'", "<", "A"}) {
            std::string part = letter;
            for (int doubled = 0; doubled < 6; ++doubled) {
                merges.push_back(part + " " + part);
                part += part;
                tokens.push_back(part);
            }
        }
        Metadata metadata = byte_metadata(pre, tokens, merges);
        add_token(metadata, "<think>", TokenType::user_defined);
        return tokenizer_of(metadata);
    }
};

DEEPWELL_TEST(TokenizerTest)
#include "tokenizer_test.moc"
