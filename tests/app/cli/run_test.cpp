#include <signal.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <fstream>

#include "tests/app/cli/program.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;

namespace {

QString recording(const QTemporaryDir& folder, const char* json) {
    const QString path = folder.filePath("play.json");
    std::ofstream(path.toStdString()) << json;
    return path;
}

QString golden(const char* name) {
    return QString::fromStdString((shared_dir() / "goldens" / name).string());
}

QJsonObject last_line(const QByteArray& out) {
    return QJsonDocument::fromJson(out.trimmed().split('\n').last()).object();
}

}  // namespace

class RunTest : public QObject {
    Q_OBJECT
private slots:
    void the_json_line_has_its_keys_in_their_order() {
        const QTemporaryDir folder;
        const QString play = recording(folder,
                                       R"({"replies": [{"opened_by_template": true, "pieces":
            [{"text": "I add"}, {"text": ".</think>\n\n"}, {"base64": "8J8="}, {"base64": "mIA="}]}]})");
        const Ran ran =
            run_cli({"run", "--play", play, "Hello", "--json", "--seed", "18446744073709551615"});
        QCOMPARE(ran.code, 0);
        const QByteArray line = ran.out.trimmed().split('\n').last();
        qsizetype at = -1;
        for (const char* key : {"thinking", "answer", "finish", "prompt_tokens", "tokens",
                                "tokens_per_second", "seed", "model"}) {
            const qsizetype found = line.indexOf(QByteArray("\"") + key + "\":");
            QVERIFY2(found > at, key);
            at = found;
        }
        const QJsonObject json = last_line(ran.out);
        QCOMPARE(json["thinking"].toString(), QString("I add."));
        QCOMPARE(json["answer"].toString(), QString::fromUtf8("😀"));
        QCOMPARE(json["finish"].toString(), QString("stop"));
        QVERIFY(line.contains("18446744073709551615"));
    }

    void without_json_thought_and_answer_are_printed() {
        const QTemporaryDir folder;
        const QString play =
            recording(folder, R"({"replies": [{"opened_by_template": true, "pieces":
                [{"text": "hm</think>It is 4."}]}]})");
        QCOMPARE(run_cli({"run", "--play", play, "2 + 2?"}).out, QByteArray("hm\n\nIt is 4.\n"));
        QCOMPARE(run_cli({"run", "--play", play, "--answer-only", "2 + 2?"}).out,
                 QByteArray("It is 4.\n"));
    }

    void a_limit_is_length() {
        const QTemporaryDir folder;
        const QString play = recording(
            folder, R"({"replies": [{"pieces": [{"text": "a"}, {"text": "b"}, {"text": "c"}]}]})");
        const Ran ran = run_cli({"run", "--play", play, "q", "--json", "--max-tokens", "2"});
        QCOMPARE(last_line(ran.out)["finish"].toString(), QString("length"));
        QCOMPARE(last_line(ran.out)["tokens"].toInt(), 2);
    }

    void ctrl_c_stops_the_reply_and_keeps_it() {
        const QTemporaryDir folder;
        const QString play =
            recording(folder, R"({"replies": [{"opened_by_template": true, "pieces":
                [{"text": "so far"}], "finish": "hang"}]})");
        QProcess process;
        process.start(QString::fromStdString(cli_program().string()),
                      {"--data", folder.path(), "run", "--play", play, "q"});
        QVERIFY(process.waitForReadyRead(20000));
        QElapsedTimer timer;
        timer.start();
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
        QVERIFY(timer.elapsed() < 1000);
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardOutput().startsWith("so far"));
    }

    void errors_are_sentences_and_codes() {
        const Ran missing = run_cli({"run", "no-such-model", "q"});
        QCOMPARE(missing.code, 1);
        QVERIFY(missing.errors.contains("no-such-model"));
        QVERIFY(missing.out.isEmpty());
        QCOMPARE(run_cli({"run", "--temp", "9", "q"}).code, 2);
        QCOMPARE(run_cli({"fly"}).code, 2);
        QCOMPARE(run_cli({"run", "--play", "/nonexistent.json", "q"}).code, 1);
        const Ran help = run_cli({"run", "--help"});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains("--max-tokens"));
    }

    void a_real_model_repeats_itself_with_the_same_seed() {
        DEEPWELL_NEEDS_SHARED();
        const QStringList arguments = {
            "run", golden("qwen2-tied.Q8_0.gguf"), "Hello", "--json", "--seed", "5", "--max-tokens",
            "24"};
        const QJsonObject first = last_line(run_cli(arguments).out);
        const QJsonObject again = last_line(run_cli(arguments + QStringList{"--threads", "1"}).out);
        QVERIFY(first["prompt_tokens"].toInt() > 0);
        QCOMPARE(first["thinking"], again["thinking"]);
        QCOMPARE(first["answer"], again["answer"]);
        QCOMPARE(first["model"].toString(), QString("qwen2-tied.Q8_0"));
        QVERIFY(first["tokens"].toInt() <= 24);
    }

    void a_model_is_found_by_its_name_in_the_profile() {
        DEEPWELL_NEEDS_SHARED();
        const QTemporaryDir folder;
        QDir(folder.path()).mkpath("models");
        QVERIFY(QFile::copy(golden("qwen2-tied.Q8_0.gguf"), folder.filePath("models/tiny.gguf")));
        for (const char* name : {"tiny", "tiny.gguf"}) {
            const Ran ran = run_cli({"run", name, "Hello", "--json", "--max-tokens", "2"}, {},
                                    folder.path().toStdString());
            QCOMPARE(ran.code, 0);
            QCOMPARE(last_line(ran.out)["model"].toString(), QString("tiny"));
        }
    }
};

DEEPWELL_TEST(RunTest)
#include "run_test.moc"
