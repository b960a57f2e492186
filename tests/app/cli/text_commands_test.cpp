// prompt, tokenize, detokenize: the real program, on the tiny model beside the tests and on the
// shared vectors.
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <nlohmann/json.hpp>

#include "tests/app/cli/program.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;
using Json = nlohmann::ordered_json;

namespace {

QString tiny() {
    return QString::fromStdString((data_dir() / "tiny_model" / "tiny.F32.gguf").string());
}

QString shared_file(const char* path) {
    return QString::fromStdString((shared_dir() / path).string());
}

std::string bytes_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

}  // namespace

class TextCommandsTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString written(const char* name, const std::string& text) {
        QFile file(folder_.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(QByteArray::fromStdString(text));
        return file.fileName();
    }

private slots:
    void prompt_prints_the_models_own_template() {
        const QString messages =
            written("m.json", R"([{"role": "user", "content": "hi <think>"}])");
        const Ran ran = run_cli({"prompt", tiny(), "--messages", messages, "--options",
                                 R"({"add_generation_prompt": true})"});
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, QByteArray("<s><|user|>hi <think><|assistant|><think>\n"));
        QVERIFY(ran.errors.isEmpty());
        QCOMPARE(run_cli({"prompt", tiny(), "--messages", messages, "--bos", "B"}).out,
                 QByteArray("B<|user|>hi <think>"));
    }

    void prompt_goes_on_behind_the_last_message() {
        const QString messages = written(
            "c.json",
            R"([{"role": "user", "content": "q"}, {"role": "assistant", "content": "so f"}])");
        const QString text = written(
            "c.jinja", "{% for m in messages %}[{{ m.role }}]{{ m.content }}<end>{% endfor %}");
        QCOMPARE(run_cli({"prompt", "--template", text, "--messages", messages, "--continue"}).out,
                 QByteArray("[user]q<end>[assistant]so f"));
    }

    void prompt_takes_the_whole_context_and_the_time() {
        const QString text =
            written("t.jinja", "{{ a.b[1] }}|{{ strftime_now('%d %b %Y') }}|{{ messages }}\n");
        const QString context = written("x.json", R"({"a": {"b": [1, 2.0]}})");
        const Ran ran = run_cli(
            {"prompt", "--template", text, "--context", context, "--now", "2025-02-21T09:05:07"});
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, QByteArray("2.0|21 Feb 2025|"));
    }

    void a_templates_error_is_exit_code_3_and_says_where_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("syntax") << "a\n{% if %}"
                                << "syntax: ";
        QTest::newRow("unknown filter") << "\n{{ 1 | nope }}"
                                        << "No filter named 'nope'";
        QTest::newRow("undefined") << "x\n\n{{ nobody.name }}"
                                   << "line 3";
        QTest::newRow("raised") << "{{ raise_exception('Roles must alternate') }}"
                                << "raise_exception: Roles must alternate";
        QTest::newRow("limit")
            << "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}"
               "{% endfor %}"
            << "limit: ";
    }
    void a_templates_error_is_exit_code_3_and_says_where() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const Ran ran = run_cli({"prompt", "--template", written("e.jinja", text.toStdString()),
                                 "--context", written("e.json", "{}")});
        QCOMPARE(ran.code, 3);
        QVERIFY(ran.out.isEmpty());
        QVERIFY2(ran.errors.contains(says.toUtf8()), ran.errors);
    }

    void other_errors_say_what_to_do() {
        const QString text = written("t.jinja", "x");
        QCOMPARE(run_cli({"prompt", "--template", text}).code, 2);
        const Ran absent =
            run_cli({"prompt", "--template", text, "--context", "/nonexistent.json"});
        QCOMPARE(absent.code, 1);
        QVERIFY(absent.errors.contains("/nonexistent.json"));
        const Ran broken =
            run_cli({"prompt", "--template", text, "--context", written("b.json", "{")});
        QCOMPARE(broken.code, 1);
        QVERIFY(broken.errors.contains("JSON"));
        const Ran time = run_cli({"prompt", "--template", text, "--context",
                                  written("o.json", "{}"), "--now", "yesterday"});
        QCOMPARE(time.code, 1);
        QVERIFY(time.errors.contains("2025-02-21T09:05:07"));
    }

    // A sample of the vectors through the program itself; all of them run in the engine's tests.
    void prompts_equal_jinja2() {
        DEEPWELL_NEEDS_SHARED();
        const Json cases = Json::parse(bytes_of(shared_file("facts/chat_vectors.json")))["cases"];
        int seen = 0;
        for (std::size_t i = 0; i < cases.size(); i += 75) {
            const Json& item = cases[i];
            QStringList arguments{"prompt", "--now", "2025-02-21T09:05:07"};
            if (item.contains("template_text")) {
                arguments << "--template"
                          << written("v.jinja", item["template_text"].get<std::string>())
                          << "--context" << written("v.json", item["context"].dump());
            } else {
                const auto name = "facts/templates/" + item["template"].get<std::string>();
                arguments << "--template" << shared_file(name.c_str()) << "--messages"
                          << written("v.json", item["messages"].dump()) << "--options"
                          << QString::fromStdString(item.value("options", Json::object()).dump());
            }
            if (item.value("continue_final_message", false)) arguments << "--continue";
            const Ran ran = run_cli(arguments);
            if (item.contains("expected_error")) {
                QCOMPARE(ran.code, 3);
            } else {
                QCOMPARE(ran.out.toStdString(), item["expected"].get<std::string>());
            }
            ++seen;
        }
        QVERIFY(seen > 20);
    }

    void tokenize_and_detokenize_turn_into_each_other() {
        QCOMPARE(run_cli({"tokenize", tiny(), "Hello the in"}).out,
                 QByteArray("[39,68,75,75,78,258,220,260]\n"));
        const Ran shown = run_cli({"tokenize", tiny(), "the in", "--show"});
        QCOMPARE(shown.out, QByteArray("257\t\"the\"\n220\t\" \"\n260\t\"in\"\n"));
        const QString texts = written("texts.json", R"(["the <think>", "", {"base64": "8J+Y"}])");
        // The cut character is read as U+FFFD.
        QCOMPARE(run_cli({"tokenize", tiny(), "--json", texts, "--special"}).out,
                 QByteArray("[[257,220,265],[],[171,123,121]]\n"));
        const Ran plain = run_cli({"tokenize", tiny(), "--json", texts});
        QVERIFY(!plain.out.contains("265"));
        const QString ids = written("ids.json", plain.out.toStdString());
        QCOMPARE(run_cli({"detokenize", tiny(), "--json", ids}).out,
                 QByteArray("[\"the <think>\",\"\",\"\xEF\xBF\xBD\"]\n"));
        QCOMPARE(run_cli({"tokenize", tiny(), "--json", written("n.json", "{}")}).code, 1);
        QCOMPARE(run_cli({"detokenize", tiny(), "--json", written("n.json", "[\"a\"]")}).code, 1);
        QCOMPARE(run_cli({"tokenize", "no-such-model", "a"}).code, 1);
    }

    void tokens_equal_the_reference_tokenizers() {
        DEEPWELL_NEEDS_SHARED();
        const Json checks = Json::parse(bytes_of(shared_file("facts/vocab/checks.json")));
        Json texts = Json::array(), literal = Json::array(), special = Json::array();
        for (const Json& check : checks["vocabularies"]["r1-distill-qwen"]["special"]) {
            texts.push_back(check["text"]);
            literal.push_back(check["literal"]);
            special.push_back(check["all"]);
        }
        const QString file = written("checks.json", texts.dump());
        const QString model = shared_file("facts/vocab/r1-distill-qwen.gguf");
        const auto ids = [&](const QStringList& more) {
            return Json::parse(run_cli(QStringList{"tokenize", model, "--json", file} + more).out);
        };
        QVERIFY(ids({}) == literal);
        QVERIFY(ids({"--special"}) == special);
    }
};

DEEPWELL_TEST(TextCommandsTest)
#include "text_commands_test.moc"
