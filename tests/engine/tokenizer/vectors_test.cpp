#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/gguf/file.h"
#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/utf8_stream.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::engine;
using Json = nlohmann::json;

namespace {

std::vector<TokenId> ids_of(const Json& json) {
    return json.get<std::vector<TokenId>>();
}

std::string bytes_of(const Json& json) {
    return QByteArray::fromBase64(QByteArray::fromStdString(json.get<std::string>())).toStdString();
}

std::string row(const char* list, std::size_t index, const Json& json) {
    return std::string(list) + "[" + std::to_string(index) + "] " + json.dump();
}

}  // namespace

// All of facts/vocab/checks.json: made with Hugging Face's tokenizers and llama.cpp.
class VectorsTest : public QObject {
    Q_OBJECT

    Json checks_;

    std::shared_ptr<const Tokenizer> open(const QString& name) const {
        const auto path =
            deepwell::tests::shared_dir() / "facts/vocab" / (name + ".gguf").toStdString();
        const auto file = GgufFile::open(path);
        if (!file) {
            qWarning("%s", describe(file.error()).c_str());
            return nullptr;
        }
        auto tokenizer = Tokenizer::from_metadata(file->metadata());
        if (!tokenizer) {
            qWarning("%s", describe(tokenizer.error()).c_str());
            return nullptr;
        }
        return *tokenizer;
    }

private slots:
    void initTestCase() {
        DEEPWELL_NEEDS_SHARED();
        std::ifstream in(deepwell::tests::shared_dir() / "facts/vocab/checks.json");
        checks_ = Json::parse(in);
    }

    void all_ids_are_equal_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"r1-distill-qwen", "r1-distill-llama", "r1-0528-qwen3-8b", "qwen3",
                                 "deepseek-r1-671b", "deepseek-coder", "deepseek-llm", "gpt-2"}) {
            QTest::newRow(name) << name;
        }
    }

    void all_ids_are_equal() {
        DEEPWELL_NEEDS_SHARED();
        QFETCH(QString, name);
        const auto tokenizer = open(name);
        QVERIFY(tokenizer);
        const Json& lists = checks_["vocabularies"][name.toStdString()];
        std::vector<std::string> wrong;
        const auto expect = [&wrong](const std::vector<TokenId>& ids, const Json& expected,
                                     const std::string& what) {
            if (ids != ids_of(expected)) wrong.push_back(what + " gave " + Json(ids).dump());
        };
        for (std::size_t i = 0; i < lists["plain"].size(); ++i) {
            const Json& check = lists["plain"][i];
            const auto text = check["text"].get<std::string>();
            for (const Match match : {Match::literal, Match::user_defined, Match::all}) {
                expect(tokenizer->encode(text, match), check["ids"], row("plain", i, check));
            }
            if (tokenizer->decode(ids_of(check["ids"])) != text) {
                wrong.push_back(row("plain round trip", i, check));
            }
        }
        for (std::size_t i = 0; i < lists["special"].size(); ++i) {
            const Json& check = lists["special"][i];
            const auto text = check["text"].get<std::string>();
            expect(tokenizer->encode(text, Match::literal), check["literal"],
                   row("special literal", i, check));
            expect(tokenizer->encode(text, Match::user_defined), check["user_defined"],
                   row("special user_defined", i, check));
            expect(tokenizer->encode(text, Match::all), check["all"], row("special all", i, check));
            const TextSpan everything{0, text.size()};
            expect(tokenizer->encode_prompt(text, {&everything, 1}), check["literal"],
                   row("special untrusted", i, check));
            expect(tokenizer->encode_prompt(text, {}), check["all"],
                   row("special trusted", i, check));
        }
        for (std::size_t i = 0; i < lists["invalid_utf8"].size(); ++i) {
            const Json& check = lists["invalid_utf8"][i];
            expect(tokenizer->encode(bytes_of(check["bytes_base64"])), check["ids"],
                   row("invalid_utf8", i, check));
        }
        for (const std::string& text : wrong) qWarning("%s", text.c_str());
        QCOMPARE(wrong.size(), 0u);
    }

    void disputed_rows_follow_the_judgement_data() { all_ids_are_equal_data(); }

    void disputed_rows_follow_the_judgement() {
        DEEPWELL_NEEDS_SHARED();
        QFETCH(QString, name);
        const auto tokenizer = open(name);
        QVERIFY(tokenizer);
        const Json& rows = checks_["vocabularies"][name.toStdString()]["disputed"];
        int wrong = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Json& check = rows[i];
            const auto side = check["expect"].get<std::string>();
            const auto compare = [&](Match match, const Json& both) {
                const auto ids = tokenizer->encode(check["text"].get<std::string>(), match);
                if (ids == ids_of(both.is_object() ? both[side] : both)) return;
                ++wrong;
                qWarning("%s gave %s", row("disputed", i, check).c_str(), Json(ids).dump().c_str());
            };
            if (check.contains(side)) {
                compare(Match::literal, check);
            } else {
                compare(Match::literal, check["literal"]);
                compare(Match::user_defined, check["user_defined"]);
                compare(Match::all, check["all"]);
            }
        }
        QCOMPARE(wrong, 0);
    }

    void decoding_streams_as_recorded_data() { all_ids_are_equal_data(); }

    void decoding_streams_as_recorded() {
        DEEPWELL_NEEDS_SHARED();
        QFETCH(QString, name);
        const auto tokenizer = open(name);
        QVERIFY(tokenizer);
        for (const Json& check : checks_["vocabularies"][name.toStdString()]["decode"]) {
            const auto ids = ids_of(check["ids"]);
            QCOMPARE(tokenizer->decode(ids), bytes_of(check["bytes_base64"]));
            Utf8Stream stream;
            for (std::size_t i = 0; i < ids.size(); ++i) {
                QCOMPARE(stream.push(tokenizer->token_bytes(ids[i])),
                         check["chunks"][i].get<std::string>());
            }
            QCOMPARE(stream.flush(), check["tail"].get<std::string>());
        }
    }
};

DEEPWELL_TEST(VectorsTest)
#include "vectors_test.moc"
