#include <unicode/normalizer2.h>

#include <map>
#include <random>

#include "engine/base/utf8.h"
#include "engine/tokenizer/added_tokens.h"
#include "engine/tokenizer/bpe.h"
#include "engine/tokenizer/byte_alphabet.h"
#include "engine/tokenizer/normalization.h"
#include "engine/tokenizer/utf8_stream.h"
#include "tests/engine/tokenizer/vocabularies.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;
using namespace deepwell::tests;

namespace {

constexpr unsigned kSeed = 671;

std::string random_letters(std::mt19937& random, std::string_view alphabet, int most) {
    std::string text;
    for (int left = std::uniform_int_distribution<int>(1, most)(random); left > 0; --left) {
        text +=
            alphabet[std::uniform_int_distribution<std::size_t>(0, alphabet.size() - 1)(random)];
    }
    return text;
}

// Leftmost, then longest, by trying every token at every place.
std::vector<std::array<std::size_t, 3>> find_plainly(const std::vector<std::string>& tokens,
                                                     const std::string& text) {
    std::vector<std::array<std::size_t, 3>> hits;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t best = 0;
        std::size_t length = 0;
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (tokens[i].size() > length && text.compare(at, tokens[i].size(), tokens[i]) == 0) {
                best = i;
                length = tokens[i].size();
            }
        }
        if (length > 0) hits.push_back({at, at + length, best});
        at += length > 0 ? length : 1;
    }
    return hits;
}

// Byte-pair encoding as it is defined: all neighbours looked at again after each merge.
std::vector<std::string> merge_plainly(
    const std::map<std::pair<std::string, std::string>, int>& ranks, const std::string& piece) {
    std::vector<std::string> symbols;
    for (const char c : piece) symbols.emplace_back(1, c);
    while (true) {
        int best = -1;
        std::size_t place = 0;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto rank = ranks.find({symbols[i], symbols[i + 1]});
            if (rank == ranks.end() || (best >= 0 && rank->second >= best)) continue;
            best = rank->second;
            place = i;
        }
        if (best < 0) return symbols;
        symbols[place] += symbols[place + 1];
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(place) + 1);
    }
}

}  // namespace

// The parts of the tokenizer, each against its definition done plainly.
class PartsTest : public QObject {
    Q_OBJECT
private slots:
    void added_tokens_are_found_leftmost_then_longest() {
        std::mt19937 random(kSeed);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> texts;
            for (int i = 0; i < 6; ++i) {
                const std::string text = random_letters(random, "abc", 5);
                if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
                    texts.push_back(text);
                }
            }
            std::vector<AddedTokens::Token> tokens;
            for (const std::string& text : texts) {
                tokens.push_back({text, static_cast<TokenId>(tokens.size())});
            }
            const AddedTokens added(tokens);
            const std::string text = random_letters(random, "abcd", 40);
            std::vector<std::array<std::size_t, 3>> hits;
            for (const auto& hit : added.find(text)) {
                hits.push_back({hit.begin, hit.end, static_cast<std::size_t>(hit.id)});
            }
            QVERIFY2(hits == find_plainly(texts, text), text.c_str());
        }
    }

    void overlapping_added_tokens_as_hugging_face_reads_them() {
        const AddedTokens added({{"ab", 0}, {"abc", 1}, {"bcd", 2}});
        const auto hits = added.find("abcde");
        QCOMPARE(hits.size(), 1u);
        QCOMPARE(hits[0].id, 1);
        const auto others = AddedTokens({{"ab", 0}, {"bcde", 1}}).find("abcde");
        QCOMPARE(others.size(), 1u);
        QCOMPARE(others[0].id, 0);
        QCOMPARE(AddedTokens().find("abc").size(), 0u);
    }

    void short_and_long_pieces_merge_as_defined_data() {
        QTest::addColumn<bool>("ranks_are_ids");
        QTest::newRow("merges") << false;
        QTest::newRow("ranks only") << true;
    }

    void short_and_long_pieces_merge_as_defined() {
        QFETCH(bool, ranks_are_ids);
        std::mt19937 random(kSeed);
        for (int round = 0; round < 60; ++round) {
            std::vector<std::string> tokens = {"a", "b", "c"};
            std::vector<std::string> added;
            std::vector<std::string> lines;
            std::map<std::pair<std::string, std::string>, int> ranks;
            const auto any = [&] {
                return tokens[std::uniform_int_distribution<std::size_t>(
                    0, tokens.size() - 1)(random)];
            };
            for (int i = 0; i < 25; ++i) {
                const std::string left = any();
                const std::string right = any();
                if (!ranks.emplace(std::pair(left, right), i).second) continue;
                lines.push_back(left + " " + right);
                if (std::find(tokens.begin(), tokens.end(), left + right) == tokens.end()) {
                    tokens.push_back(left + right);
                    added.push_back(left + right);
                }
            }
            Metadata metadata = byte_metadata("kimi-k2", added, lines);
            const auto vocabulary = Vocabulary::from_metadata(metadata);
            QVERIFY(vocabulary);
            if (ranks_are_ids) {
                ranks.clear();
                for (const auto& left : tokens) {
                    for (const auto& right : tokens) {
                        const auto id = vocabulary->find_normal(left + right);
                        if (id) ranks[{left, right}] = *id;
                    }
                }
            }
            auto merges = ranks_are_ids ? Merges::from_ids()
                                        : *Merges::from_lines(
                                              *metadata.find("tokenizer.ggml.merges"), *vocabulary);
            const Bpe bpe(*vocabulary, std::move(merges), -1, false);
            for (const int most : {8, 31, 33, 200}) {
                const std::string piece = random_letters(random, "abc", most);
                for (int time = 0; time < 2; ++time) {  // the second comes from the cache
                    std::vector<TokenId> ids;
                    bpe.encode(piece, ids);
                    std::vector<std::string> symbols;
                    for (const TokenId id : ids) symbols.emplace_back(vocabulary->bytes(id));
                    QCOMPARE(symbols, merge_plainly(ranks, piece));
                }
            }
        }
    }

    void normalization_equals_icu() {
        UErrorCode status = U_ZERO_ERROR;
        const auto* icu_nfc = icu::Normalizer2::getNFCInstance(status);
        QVERIFY(U_SUCCESS(status));
        const std::u32string alphabet =
            U"aeoqAZ \u0301\u0307\u0323\u0327\u0328\u0345\u093C\u0928\u0929\u09BE\u09C7\u1100\u1161"
            U"\u11A8\uAC00\uAC01\u212B\u00C5\u2126\u1E69\u0958\uFB1D\u05B4\u0F71\u0F72\u0F73\u2ADC"
            U"\U0001D15E\U0001109A\U00011099\U000110BA\u0338<=\u0300\u0342\u1FBF中";
        std::mt19937 random(kSeed);
        std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1);
        for (int round = 0; round < 5000; ++round) {
            std::string text;
            for (int i = 0; i < 12; ++i) append_utf8(text, alphabet[letter(random)]);
            std::string expected;
            icu_nfc->normalize(icu::UnicodeString::fromUTF8(text), status).toUTF8String(expected);
            QVERIFY2(normalize_nfc(text) == expected, text.c_str());
        }
    }

    void the_byte_alphabet_is_the_published_one() {
        QCOMPARE(byte_letter(' '), U'\u0120');
        QCOMPARE(byte_letter('\n'), U'\u010A');
        QCOMPARE(byte_letter('\0'), U'\u0100');
        QCOMPARE(byte_letter(0x7F), U'\u0121');
        QCOMPARE(byte_letter(0xA0), U'\u0142');
        QCOMPARE(byte_letter(0xAD), U'\u0143');
        QCOMPARE(byte_letter('a'), U'a');
        QCOMPARE(byte_letter(0xFF), U'\u00FF');
        QCOMPARE(bytes_of_letters("Ġa").value(), std::string(" a"));
        QVERIFY(!bytes_of_letters("a b"));
        QVERIFY(!bytes_of_letters("中"));
    }

    void a_stream_holds_back_what_may_still_become_a_character() {
        Utf8Stream stream;
        QCOMPARE(stream.push("\xF0\x9F"), std::string());
        QCOMPARE(stream.held_back(), std::string_view("\xF0\x9F"));
        QCOMPARE(stream.push("\x98\x80!"), std::string("😀!"));
        QCOMPARE(stream.push("\xE4\xB8"), std::string());
        QCOMPARE(stream.push("\xE4\xB8\xAD"), std::string("\uFFFD中"));
        QCOMPARE(stream.push("\xF0\x9F\x98"), std::string());
        QCOMPARE(stream.flush(), std::string("\uFFFD"));
        QCOMPARE(stream.flush(), std::string());
        QCOMPARE(stream.push("\xF4\x90\x80"), std::string("\uFFFD\uFFFD\uFFFD"));
    }

    void a_stream_cut_anywhere_gives_the_repaired_text() {
        std::mt19937 random(kSeed);
        for (int round = 0; round < 2000; ++round) {
            const std::string text =
                random_letters(random, "a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80\xFF\xED\xA0", 30);
            Utf8Stream stream;
            std::string streamed;
            for (std::size_t at = 0; at < text.size();) {
                const std::size_t step = std::uniform_int_distribution<std::size_t>(1, 4)(random);
                streamed += stream.push(std::string_view(text).substr(at, step));
                at += step;
            }
            streamed += stream.flush();
            QCOMPARE(streamed, repair_utf8(text));
            QVERIFY(is_valid_utf8(streamed));
        }
    }
};

DEEPWELL_TEST(PartsTest)
#include "parts_test.moc"
