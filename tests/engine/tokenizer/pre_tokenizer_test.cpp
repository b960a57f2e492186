#include "engine/tokenizer/pre_tokenizer.h"

#include <unicode/regex.h>

#include <memory>
#include <random>

#include "engine/base/utf8.h"
#include "engine/tokenizer/scanners/deepseek_llm_letters.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;

namespace {

using Style = PreTokenizerStyle;
using Steps = std::vector<std::string>;

const std::string kW = R"(\p{White_Space})";
const std::string kSpaces = "[" + kW + R"(]*[\r\n]+|[)" + kW + "]+(?![^" + kW + "])|[" + kW + "]+";

// The published patterns, with White_Space written out, since ICU's \s is another set.
Steps pattern_of(Style style) {
    const std::string contraction = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    const std::string other = " ?[^" + kW + R"(\p{L}\p{N}]+)";
    switch (style) {
        case Style::qwen2:
            return {contraction + R"(|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|)" + other + R"([\r\n]*|)" +
                    kSpaces};
        case Style::llama_bpe:
            return {contraction + R"(|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|)" + other +
                    R"([\r\n]*|)" + kSpaces};
        case Style::qwen35:
            return {contraction + R"(|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^)" + kW +
                    R"(\p{L}\p{M}\p{N}]+[\r\n]*|)" + kSpaces};
        case Style::gpt2:
            return {R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+|)" + other + "|[" + kW +
                    "]+(?![^" + kW + "])|[" + kW + "]+"};
        case Style::deepseek_v3:
            return {R"(\p{N}{1,3})", R"([\u4E00-\u9FA5\u3040-\u309F\u30A0-\u30FF]+)",
                    R"([!-/:-@\[-`{-~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+)"
                    R"(| ?[\p{P}\p{S}]+[\r\n]*|)" +
                        kSpaces};
        case Style::deepseek_coder:
            return {R"([\r\n])", "[" + kW + R"(]?\p{L}+)", "[" + kW + R"(]?\p{P}+)",
                    R"([\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF]+)", R"(\p{N})"};
        case Style::kimi_k2: {
            const std::string upper = R"([\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]])";
            const std::string lower = R"([\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]])";
            const std::string lead = R"([^\r\n\p{L}\p{N}]?)";
            return {R"([\p{Han}]+|)" + lead + upper + "*" + lower + "+" + contraction + "?|" +
                    lead + upper + "+" + lower + "*" + contraction + R"(?|\p{N}{1,3}|)" + other +
                    R"([\r\n]*|)" + kSpaces};
        }
        case Style::deepseek_llm: {
            std::string letters;
            for (const LetterRange& range : kDeepseekLlmLetters) {
                append_utf8(letters, range.first);
                letters += "-";
                append_utf8(letters, range.last);
            }
            return {R"([\r\n])",
                    "[" + kW + "]?[" + letters + "]+",
                    "[" + kW + R"(]?[!-/:-~\uFF01-\uFF0F\uFF1A-\uFF5E\u2018-\u201F\u3000-\u3002]+)",
                    "[" + kW + R"(]+\z)",
                    R"([\u4E00-\u9FA5\u0800-\u4E00\uAC00-\uD7FF]+)",
                    R"(\p{N})"};
        }
    }
    return {};
}

// A regular expression engine run over the steps, one inside the pieces of the other.
class RegexCutter {
public:
    explicit RegexCutter(const Steps& steps) {
        for (const std::string& step : steps) {
            matchers_.push_back(std::make_unique<icu::RegexMatcher>(
                icu::UnicodeString::fromUTF8(step), 0, status_));
        }
    }

    // Ends of the pieces in UTF-16 units.
    std::vector<int> cut(const icu::UnicodeString& text) {
        std::vector<int> ends = {text.length()};
        for (const auto& matcher : matchers_) ends = refine_by(*matcher, text, ends);
        return U_SUCCESS(status_) ? ends : std::vector<int>();
    }

private:
    std::vector<int> refine_by(icu::RegexMatcher& matcher, const icu::UnicodeString& text,
                               const std::vector<int>& ends) {
        std::vector<int> refined;
        int begin = 0;
        for (const int end : ends) {
            const icu::UnicodeString piece = text.tempSubStringBetween(begin, end);
            matcher.reset(piece);
            int done = 0;
            while (matcher.find(status_) && U_SUCCESS(status_)) {
                if (matcher.start(status_) > done) {
                    refined.push_back(begin + matcher.start(status_));
                }
                done = matcher.end(status_);
                refined.push_back(begin + done);
            }
            if (begin + done < end) refined.push_back(end);
            begin = end;
        }
        return refined;
    }

    UErrorCode status_ = U_ZERO_ERROR;
    std::vector<std::unique_ptr<icu::RegexMatcher>> matchers_;
};

std::vector<int> cut_by_scanner(const std::string& text, Style style) {
    const Characters characters = read_characters(text);
    std::vector<int> ends;
    int unit = 0;
    std::size_t at = 0;
    for (const std::size_t end : cut_into_pieces(style, characters)) {
        for (; at < end; ++at) unit += characters.code_points[at] > 0xFFFF ? 2 : 1;
        ends.push_back(unit);
    }
    return ends;
}

// Letters of every kind that the patterns tell apart.
std::string random_text(std::mt19937& random) {
    static const std::u32string kAlphabet =
        U"aaabzSTtsdmrevlLDEAÉéßſÑΑΩж中文々〇かナ한ठักกǅʰªʻ"
        U"'''''  \u00A0\u3000\u2028\u0085\t\n\r\r\n0123٣½Ⅷ²!\"#$%&()*+,-./:;<=>?@[]\\^_`{|}~"
        U"…—’‘“。！～：€\u0301\u0301\u0327\u093F\u094D\u20DD\u200B\u200D\u0001\u007F\uFEFF\uE000"
        U"\U0001F600\U0001F1EE\U0001F3FD\U00010400\U00020000\U000E0001\u2E80\u3007\u0378";
    std::uniform_int_distribution<std::size_t> letter(0, kAlphabet.size() - 1);
    std::uniform_int_distribution<int> length(1, 24);
    std::uniform_int_distribution<int> repeat(1, 4);
    std::string text;
    for (int left = length(random); left > 0; --left) {
        const char32_t c = kAlphabet[letter(random)];
        for (int times = repeat(random) == 1 ? repeat(random) : 1; times > 0; --times) {
            append_utf8(text, c);
        }
    }
    return text;
}

std::vector<std::string> pieces(Style style, const std::string& text) {
    std::vector<std::string> list;
    const Characters characters = read_characters(text);
    std::size_t at = 0;
    for (const std::size_t end : cut_into_pieces(style, characters)) {
        std::string& piece = list.emplace_back();
        for (; at < end; ++at) append_utf8(piece, characters.code_points[at]);
    }
    return list;
}

using List = std::vector<std::string>;

}  // namespace

// The scanners against a regular expression engine over random texts, and the cases by hand that
// explain the styles.
class PreTokenizerTest : public QObject {
    Q_OBJECT
private slots:
    void scanners_cut_like_their_patterns_data() {
        QTest::addColumn<int>("style");
        for (const char* name : {"qwen2", "llama-bpe", "gpt-2", "deepseek-v3", "deepseek-coder",
                                 "deepseek-llm", "kimi-k2", "qwen35"}) {
            QTest::newRow(name) << static_cast<int>(find_pre_tokenizer(name)->style);
        }
    }

    void scanners_cut_like_their_patterns() {
        QFETCH(int, style);
        RegexCutter regex(pattern_of(static_cast<Style>(style)));
        constexpr unsigned kSeed = 20250121;
        std::mt19937 random(kSeed);
        for (int i = 0; i < 2000; ++i) {
            const std::string text = random_text(random);
            const auto expected = regex.cut(icu::UnicodeString::fromUTF8(text));
            const auto cut = cut_by_scanner(text, static_cast<Style>(style));
            QVERIFY2(cut == expected, qPrintable(QString("seed %1, text %2: %3")
                                                     .arg(kSeed)
                                                     .arg(i)
                                                     .arg(QString::fromStdString(text))));
        }
    }

    void every_name_and_alias_is_known() {
        for (const char* name : {"qwen2",        "deepseek-r1-qwen",
                                 "kormo",        "openpangu",
                                 "f2llmv2",      "llama-bpe",
                                 "llama3",       "llama-v3",
                                 "falcon3",      "falcon-h1",
                                 "pixtral",      "midm-2.0",
                                 "lfm2",         "jina-v5-nano",
                                 "laguna",       "gpt-2",
                                 "phi-2",        "roberta-bpe",
                                 "gigachat",     "jina-v2-code",
                                 "deepseek-v3",  "deepseek-coder",
                                 "deepseek-llm", "kimi-k2",
                                 "qwen35",       "dbrx",
                                 "smaug-bpe",    "chatglm-bpe",
                                 "glm4"}) {
            QVERIFY2(find_pre_tokenizer(name), name);
        }
        QVERIFY(!find_pre_tokenizer("foo-bar"));
        QVERIFY(find_pre_tokenizer("llama3")->ignore_merges);
        QVERIFY(!find_pre_tokenizer("dbrx")->ignore_merges);
        QVERIFY(find_pre_tokenizer("deepseek-r1-qwen")->normalize_nfc);
    }

    void qwen_takes_digits_one_by_one_and_llama_in_threes() {
        QCOMPARE(pieces(Style::qwen2, "1234"), (List{"1", "2", "3", "4"}));
        QCOMPARE(pieces(Style::llama_bpe, "1234567"), (List{"123", "456", "7"}));
        QCOMPARE(pieces(Style::gpt2, " 1234567"), (List{" 1234567"}));
    }

    void contractions_come_first_but_not_after_a_quote() {
        QCOMPARE(pieces(Style::qwen2, "'tomorrow"), (List{"'t", "omorrow"}));
        QCOMPARE(pieces(Style::qwen2, "''s"), (List{"''", "s"}));
        QCOMPARE(pieces(Style::qwen2, "IT'S"), (List{"IT", "'S"}));
        QCOMPARE(pieces(Style::qwen2, "it'ſ"), (List{"it", "'ſ"}));
        QCOMPARE(pieces(Style::gpt2, "IT'S"), (List{"IT", "'", "S"}));
        QCOMPARE(pieces(Style::deepseek_v3, "'été"), (List{"'", "été"}));
        QCOMPARE(pieces(Style::kimi_k2, "don't"), (List{"don't"}));
    }

    void white_space_ends_at_its_last_line_end() {
        QCOMPARE(pieces(Style::qwen2, "a  \n\n  b"), (List{"a", "  \n\n", " ", " b"}));
        QCOMPARE(pieces(Style::qwen2, "a   "), (List{"a", "   "}));
        QCOMPARE(pieces(Style::deepseek_v3, "a  1"), (List{"a", "  ", "1"}));
        QCOMPARE(pieces(Style::llama_bpe, "a  1"), (List{"a", " ", " ", "1"}));
        QCOMPARE(pieces(Style::deepseek_coder, "a\n\nb"), (List{"a", "\n", "\n", "b"}));
    }

    void scripts_are_cut_as_each_style_says() {
        QCOMPARE(pieces(Style::qwen2, "क्षि"), (List{"क", "्ष", "ि"}));
        QCOMPARE(pieces(Style::qwen35, "क्षि"), (List{"क्षि"}));
        QCOMPARE(pieces(Style::deepseek_v3, "x  中"), (List{"x", "  ", "中"}));
        QCOMPARE(pieces(Style::deepseek_coder, "a = b"), (List{"a", " =", " b"}));
        QCOMPARE(pieces(Style::deepseek_llm, "été"), (List{"é", "t", "é"}));
        QCOMPARE(pieces(Style::deepseek_llm, " tôt"), (List{" t", "ô", "t"}));
        QCOMPARE(pieces(Style::kimi_k2, "camelCase"), (List{"camel", "Case"}));
        QCOMPARE(pieces(Style::kimi_k2, "HTTPServer中文x"), (List{"HTTPServer", "中文", "x"}));
    }
};

DEEPWELL_TEST(PreTokenizerTest)
#include "pre_tokenizer_test.moc"
