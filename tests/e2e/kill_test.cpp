// kill -9 of the real window at random moments, while a question is sent, a reply streams, a
// question is edited (reliability.md rows 1 and 2).
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <algorithm>
#include <csignal>
#include <map>
#include <random>

#include "app/base/atomic_file.h"
#include "app/base/json.h"
#include "tests/app/storage/integrity.h"
#include "tests/app/storage/kill_values.h"
#include "tests/app/storage/store_fixture.h"
#include "tests/e2e/desktop.h"
#include "tests/e2e/measured.h"
#include "tests/support/machine_watch.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;

namespace {

constexpr int kKills = 28;      // of the window alone
constexpr int kTypedKills = 6;  // with a keyboard
constexpr std::int64_t kMayBeLost = 250;
constexpr int kPatience = 60'000;  // ms; other programs may run beside the test

QString program() {
    return QString::fromStdString((bin_dir() / "deepwell").string());
}

// The first reply is short where there is one to edit; the others stream for seconds.
void write_recording(const QString& path, bool short_first) {
    constexpr std::size_t kSize = 14;
    const auto reply = [](std::size_t pieces, int delay) {
        Json list = Json::array();
        for (std::size_t i = 0; i < pieces; ++i) {
            if (i == pieces / 4) list.push_back({{"text", "\n</think>\n\n"}});
            list.push_back({{"text", streamed_text(i * kSize, kSize)}, {"delay_ms", delay}});
        }
        return Json({{"opened_by_template", true}, {"pieces", list}, {"finish", "stop"}});
    };
    Json replies = Json::array();
    if (short_first) replies.push_back(reply(8, 1));
    replies.push_back(reply(1500, 6));
    const auto text = to_text({{"replies", replies}});
    QVERIFY(write_file_atomically(path.toStdString(), text).has_value());
}

}  // namespace

class WindowKillTest : public QObject {
    Q_OBJECT

    StoreFixture f_;
    std::mt19937 random_;
    std::map<std::string, std::string> sent_;  // question → conversation, of all rounds
    std::int64_t most_lost_ = 0;               // bytes
    int streaming_ = 0;                        // kills that met a text on its way

    QString file(const char* name) const { return f_.dir.filePath(QString::fromLatin1(name)); }
    QStringList arguments() const {
        return {"--data",    QString::fromStdString(f_.profile().folder.string()),
                "--play",    file("play.json"),
                "--measure", file("measured.jsonl")};
    }
    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    // Waits until the window has written `count` such lines, then a little longer.
    bool wait_for_lines(const char* what, int count, int then) {
        const bool there = QTest::qWaitFor(
            [&] { return count_of(measured(file("measured.jsonl")), what) >= count; }, kPatience);
        QTest::qWait(then);
        return there;
    }

    void judge(std::int64_t killed_at, std::int64_t late) {
        QCOMPARE(complaint_of(f_.profile().database()), std::string());
        const auto opened = f_.open();
        QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
        QVERIFY(!opened->set_aside);
        struct Shown {
            std::string conversation;
            std::int64_t safe = 0;  // bytes that were shown long enough ago
            std::int64_t last = 0;
            bool ended = false;
        };
        std::map<std::string, Shown> shown;
        for (const QJsonObject& line : measured(file("measured.jsonl"))) {
            const auto text = [&](const char* key) { return line[key].toString().toStdString(); };
            if (text("what") == "sent") {
                sent_[text("question")] = text("conversation");
                shown[text("reply")].conversation = text("conversation");
            }
            if (text("what") != "shown" && text("what") != "ended") continue;
            Shown& reply = shown[text("reply")];
            const auto bytes = line["bytes"].toInteger();
            reply.last = bytes;
            reply.ended = text("what") == "ended";
            if (reply.ended || line["at"].toInteger() <= killed_at - kMayBeLost - late) {
                reply.safe = bytes;
            }
        }
        for (const auto& [id, reply] : shown) {
            const auto conversation = f_.load(reply.conversation);
            QVERIFY(conversation.has_value());
            const MessageTree tree(conversation->messages);
            const Message* message = tree.find(id);
            QVERIFY(message != nullptr);
            const auto thought = message->thought ? message->thought->text : std::string();
            const auto kept = static_cast<std::int64_t>(thought.size() + message->answer.size());
            QVERIFY2(kept >= reply.safe,
                     qPrintable(QString("%1 of %2 bytes").arg(kept).arg(reply.safe)));
            QCOMPARE(thought + message->answer, streamed_text(0, static_cast<std::size_t>(kept)));
            QCOMPARE(message->state,
                     reply.ended ? MessageState::Complete : MessageState::Interrupted);
            most_lost_ = std::max(most_lost_, reply.last - kept);
            if (!reply.ended && reply.last > 0) ++streaming_;
        }
        // Whatever was cut off says so.
        for (const auto& row : f_.list()) {
            QVERIFY(row.last_state != MessageState::Queued);
        }
        f_.store.reset();
    }

private slots:
    void initTestCase() {
        const auto seed = std::random_device()();
        qInfo("seed %u", seed);
        random_.seed(seed);
    }

    void a_kill_of_the_window_takes_no_question_and_at_most_a_quarter_second() {
        write_recording(file("play.json"), false);
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("QT_QUICK_BACKEND", "software");
        QElapsedTimer timer;
        timer.start();
        for (int round = 0; round < kKills; ++round) {
            QFile::remove(file("measured.jsonl"));
            QProcess process;
            process.setProcessEnvironment(environment);
            process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
            const MachineWatch machine;
            process.start(program(), arguments() << "--ask" << QString("question %1").arg(round));
            QVERIFY(process.waitForStarted(kPatience));
            // One in four while the question is on its way, the others while the reply is.
            const bool early = round % 4 == 0;
            QVERIFY(wait_for_lines(early ? "first-frame" : "shown", 1, pick(early ? 80 : 700)));
            const auto killed_at = monotonic_ms();
            ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
            process.waitForFinished(kPatience);
            judge(killed_at, machine.late().count());
            if (QTest::currentTestFailed()) return;
        }
        qInfo("%d kills in %.1f s; %d in a text, at most %d bytes of it lost", kKills,
              static_cast<double>(timer.elapsed()) / 1e3, streaming_, static_cast<int>(most_lost_));
        QVERIFY(streaming_ >= kKills / 2);
    }

    void a_kill_takes_no_edit_and_no_further_try() {
        Desktop desktop;
        QVERIFY2(desktop.ready(), "Xvfb gave no display");
        write_recording(file("play.json"), true);
        for (int round = 0; round < kTypedKills; ++round) {
            QFile::remove(file("measured.jsonl"));
            const MachineWatch machine;
            QVERIFY(desktop.start(program(), arguments() << "--ask"
                                                         << "first"));
            QVERIFY(wait_for_lines("ended", 1, 400));  // and it is shown
            const bool edited = round % 3 != 2;
            if (edited) {
                desktop.press("Up");
                desktop.type("!");
                desktop.press("ctrl+Return");
            } else {
                desktop.press("ctrl+r");
            }
            const bool early = round % 2 == 0;
            QVERIFY(wait_for_lines("sent", 2, pick(early ? 60 : 600)));
            const auto killed_at = monotonic_ms();
            desktop.kill();
            judge(killed_at, machine.late().count());
            if (QTest::currentTestFailed()) return;
            const auto lines = measured(file("measured.jsonl"));
            const auto& last = *std::find_if(lines.rbegin(), lines.rend(), [](const auto& line) {
                return line["what"].toString() == QLatin1String("sent");
            });
            QVERIFY(f_.open().has_value());
            const auto conversation = f_.load(last["conversation"].toString().toStdString());
            QCOMPARE(conversation->messages.size(), std::size_t(edited ? 4 : 3));
            const MessageTree tree(conversation->messages);
            const Message* question = tree.find(last["question"].toString().toStdString());
            QVERIFY(question != nullptr);
            QCOMPARE(question->answer, std::string(edited ? "first!" : "first"));
            f_.store.reset();
        }
    }

    void no_question_was_lost() {
        QVERIFY(f_.open().has_value());
        for (const auto& [question, id] : sent_) {
            const auto conversation = f_.load(id);
            QVERIFY(conversation.has_value());
            const MessageTree tree(conversation->messages);
            QVERIFY(tree.find(question) != nullptr);
        }
        qInfo("%d questions", static_cast<int>(sent_.size()));
    }
};

DEEPWELL_TEST(WindowKillTest)
#include "kill_test.moc"
