#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/utf8_stream.h"
#include "tests/engine/tokenizer/vocabularies.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::engine;
using namespace deepwell::tests;
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

// All of facts/vocab/checks.json (made with Hugging Face's tokenizers and llama.cpp), and its core.
class VectorsTest : public QObject {
    Q_OBJECT

    Json checks_;
    Json core_;

    // The rows of one vocabulary and its tokenizer.
    struct Subject {
        const Json* lists = nullptr;
        std::shared_ptr<const Tokenizer> tokenizer;
    };

    Subject subject(const QString& where, const std::string& name) const {
        if (where == "whole") {
            return {&checks_["vocabularies"][name], shared_tokenizer(name)};
        }
        auto tokenizer = Tokenizer::from_metadata(core_metadata(core_[name]));
        if (!tokenizer) return {};
        return {&core_[name], *tokenizer};
    }

    // The core always, the whole vocabularies where they are.
    void name_subjects() const {
        QTest::addColumn<QString>("where");
        QTest::addColumn<QString>("name");
        for (const auto& [name, vocabulary] : core_.items()) {
            QTest::addRow("core %s", name.c_str()) << "core" << QString::fromStdString(name);
        }
        if (!checks_.is_object()) return;
        for (const auto& [name, vocabulary] : checks_["vocabularies"].items()) {
            QTest::addRow("whole %s", name.c_str()) << "whole" << QString::fromStdString(name);
        }
    }

private slots:
    void initTestCase() {
        core_ = core_checks();
        const auto shared = shared_dir();
        if (shared.empty()) return;
        std::ifstream in(shared / "facts/vocab/checks.json");
        checks_ = Json::parse(in);
    }

    void all_ids_are_equal_data() { name_subjects(); }

    void all_ids_are_equal() {
        QFETCH(QString, where);
        QFETCH(QString, name);
        const auto [found, tokenizer] = subject(where, name.toStdString());
        QVERIFY(tokenizer);
        const Json& lists = *found;
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
            const ByteSpan everything{0, text.size()};
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

    void disputed_rows_follow_the_judgement_data() { name_subjects(); }

    void disputed_rows_follow_the_judgement() {
        QFETCH(QString, where);
        QFETCH(QString, name);
        const auto [lists, tokenizer] = subject(where, name.toStdString());
        QVERIFY(tokenizer);
        const Json& rows = (*lists)["disputed"];
        int wrong = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const Json& check = rows[i];
            const auto side = check["expect"].get<std::string>();
            const auto compare = [&, &tokenizer = tokenizer](Match match, const Json& both) {
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

    void decoding_streams_as_recorded_data() { name_subjects(); }

    void decoding_streams_as_recorded() {
        QFETCH(QString, where);
        QFETCH(QString, name);
        const auto [lists, tokenizer] = subject(where, name.toStdString());
        QVERIFY(tokenizer);
        for (const Json& check : (*lists)["decode"]) {
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
