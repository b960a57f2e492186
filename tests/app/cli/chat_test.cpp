#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <csignal>
#include <fstream>

#include "app/storage/snapshot.h"
#include "tests/app/cli/program.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;

class ChatTest : public QObject {
    Q_OBJECT
private slots:
    void each_piped_line_is_a_question() {
        const QTemporaryDir folder;
        const std::string play = folder.filePath("play.json").toStdString();
        std::ofstream(play) << R"({"replies": [
            {"opened_by_template": true, "pieces": [{"text": "hm</think>one"}]},
            {"opened_by_template": true, "pieces": [{"text": "ah</think>two"}]}]})";
        const Ran ran =
            run_cli({"chat", "--play", QString::fromStdString(play)}, "first\n\nsecond\n");
        QCOMPARE(ran.code, 0);
        QCOMPARE(ran.out, QByteArray("hm\n\none\n\nah\n\ntwo\n"));
    }

    void save_puts_the_conversation_into_the_profile() {
        const QTemporaryDir folder;
        const std::string play = folder.filePath("play.json").toStdString();
        std::ofstream(play) << R"({"replies": [
            {"opened_by_template": true, "pieces": [{"text": "hm</think>42"}]}]})";
        const Ran ran = run_cli({"chat", "--play", QString::fromStdString(play)},
                                "What is 17 + 25?\n/save\n/quit\n", folder.path().toStdString());
        QVERIFY2(ran.code == 0, ran.errors.constData());
        QVERIFY(ran.out.contains("Saved: What is 17 + 25?"));
        auto snapshot = deepwell::app::Snapshot::open({folder.path().toStdString()});
        QVERIFY(snapshot.has_value());
        const auto rows = snapshot->rows(false);
        QCOMPARE(rows->size(), std::size_t(1));
        const auto conversation = snapshot->conversation(rows->front().id);
        QCOMPARE(conversation->messages.size(), std::size_t(2));
        QCOMPARE(conversation->messages[1].answer, std::string("42"));
        QCOMPARE(conversation->messages[1].thought->text, std::string("hm"));
    }

    void commands_are_told_from_questions() {
        const QTemporaryDir folder;
        const std::string play = folder.filePath("play.json").toStdString();
        std::ofstream(play) << R"({"replies": [{"pieces": [{"text": "a file"}]}]})";
        const Ran ran = run_cli({"chat", "--play", QString::fromStdString(play)},
                                "/help\n/fly\n/etc/hosts, what is it?\n");
        QVERIFY(ran.out.contains("/save"));
        QVERIFY(ran.out.contains("There is no /fly"));
        QVERIFY(ran.out.endsWith("a file\n"));
    }

    void ctrl_c_stops_the_reply_and_a_chat_that_nobody_types() {
        const QTemporaryDir folder;
        const std::string play = folder.filePath("play.json").toStdString();
        std::ofstream(play) << R"({"replies": [{"opened_by_template": true,
            "pieces": [{"text": "so far"}], "finish": "hang"}]})";
        QProcess process;
        process.start(QString::fromStdString(cli_program().string()),
                      {"--data", folder.path(), "chat", "--play", QString::fromStdString(play)});
        process.write("q\n");
        QVERIFY(process.waitForReadyRead(20000));
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitCode(), 130);
        QVERIFY(process.readAllStandardError().contains("Stopped by you after 1 "));
    }

    void another_model_answers_after_a_command() {
        const auto starter = data_dir().parent_path().parent_path() / "resources" / "starter" /
                             "deepwell-starter.gguf";
        if (!std::filesystem::exists(starter))
            QSKIP("resources/starter: the starter model is absent");
        const QTemporaryDir folder;
        QDir(folder.path()).mkpath("models");
        QVERIFY(QFile::copy(QString::fromStdString(starter.string()),
                            folder.filePath("models/second.gguf")));
        const Ran ran = run_cli({"chat", "--temp", "0"},
                                "/model\n/model nobody\n/model second\n/think off\n/think\n"
                                "What is 2 + 3?\n/save\n/new\n/save\n",
                                folder.path().toStdString());
        QVERIFY2(ran.code == 0, ran.errors.constData());
        QVERIFY(ran.errors.contains("nobody"));
        QVERIFY(ran.out.contains("Thinking: off."));
        QVERIFY(ran.out.contains("Thinking is on, off"));
        QVERIFY(ran.out.contains("There is nothing to save yet."));
        auto snapshot = deepwell::app::Snapshot::open({folder.path().toStdString()});
        QVERIFY(snapshot.has_value());
        const auto rows = snapshot->rows(false);
        QCOMPARE(rows->size(), std::size_t(1));
        const auto conversation = snapshot->conversation(rows->front().id);
        QCOMPARE(*conversation->messages[1].model_name, std::string("second"));
        const auto& generation = conversation->messages[1].generation;
        QVERIFY(generation && generation->thinking);
        QVERIFY(generation->thinking->effort == deepwell::app::Effort::Off);
    }

    // The chat is a person's: it takes the settings of the window. `run` is made for scripts and
    // gives the same whatever the settings are.
    void the_settings_of_the_profile_hold_in_a_chat() {
        const QTemporaryDir folder;
        const std::string play = folder.filePath("play.json").toStdString();
        std::ofstream(play) << R"({"replies": [{"pieces": [{"text": "a"}, {"text": "b"}]}]})";
        std::ofstream(folder.filePath("settings.json").toStdString())
            << R"({"version": 1, "generation": {"sampler": {"temperature": 0.25, "max_tokens": 1}}})";
        const QString file = QString::fromStdString(play);
        const Ran chat =
            run_cli({"chat", "--play", file}, "q\n/save\n", folder.path().toStdString());
        QVERIFY2(chat.code == 0, chat.errors.constData());
        QVERIFY(chat.out.startsWith("a\n"));
        auto snapshot = deepwell::app::Snapshot::open({folder.path().toStdString()});
        const auto rows = snapshot->rows(false);
        const auto conversation = snapshot->conversation(rows->front().id);
        const auto& generation = conversation->messages[1].generation;
        QVERIFY(generation.has_value());
        QCOMPARE(*generation->sampler.temperature, 0.25);
        const Ran once = run_cli({"run", "--play", file, "q"}, {}, folder.path().toStdString());
        QCOMPARE(once.out, QByteArray("ab\n"));
        const Ran warmer = run_cli({"chat", "--play", file, "--temp", "0.5", "--max-tokens", "9"},
                                   "q\n", folder.path().toStdString());
        QVERIFY(warmer.out.startsWith("ab\n"));
    }

    // The program of everybody's first minute. The starter comes with the tree.
    void the_starter_adds_and_shows_its_thought() {
        const auto starter = data_dir().parent_path().parent_path() / "resources" / "starter" /
                             "deepwell-starter.gguf";
        if (!std::filesystem::exists(starter))
            QSKIP("resources/starter: the starter model is absent");
        const Ran ran = run_cli({"chat"}, "What is 17 + 25?\n");
        QVERIFY2(ran.code == 0, ran.errors.constData());
        QVERIFY2(ran.out.split('\n').size() >= 3, ran.out.constData());
        QVERIFY2(ran.out.trimmed().split('\n').last().contains("42"), ran.out.constData());
    }

    void no_gui_library_is_linked() {
        std::ifstream program(cli_program(), std::ios::binary);
        const std::string bytes(std::istreambuf_iterator<char>(program), {});
        QVERIFY(!bytes.empty());
        for (const char* library : {"libQt6Gui", "libQt6Quick", "libQt6Qml", "libQt6Network"}) {
            QVERIFY2(bytes.find(library) == std::string::npos, library);
        }
    }
};

DEEPWELL_TEST(ChatTest)
#include "chat_test.moc"
