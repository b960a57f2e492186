// Nothing leaves the machine (reliability.md row 21): the real programs under strace, in a network
// namespace without any network where the system lets us make one.
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <algorithm>
#include <csignal>

#include "tests/e2e/measured.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::tests;

namespace {

constexpr int kPatience = 60'000;  // ms; other programs may run beside the test

QString program(const char* name) {
    return QString::fromStdString((bin_dir() / name).string());
}

bool runs(const QStringList& command) {
    return QProcess::execute(command.front(), command.mid(1)) == 0;
}

// What a program did with sockets, a line each.
class Traced {
public:
    explicit Traced(const QString& log) : log_(log) {
        const QStringList alone = {"unshare", "--map-root-user", "--net"};
        if (runs(alone + QStringList{"true"})) before_ = alone;
        before_ += {"strace", "-f", "-qq", "-e", "trace=%network", "-o", log};
    }

    bool possible() const { return runs(before_ + QStringList{"true"}); }

    void start(QProcess& process, const QStringList& command) const {
        const QStringList all = before_ + command;
        process.start(all.front(), all.mid(1));
    }

    QList<QByteArray> lines() const {
        QFile file(log_);
        return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
    }

private:
    QString log_;
    QStringList before_;
};

// The first line that speaks to more than this machine; empty: there is none.
QByteArray first_outside(const QList<QByteArray>& lines) {
    for (const QByteArray& line : lines) {
        if (line.contains("AF_INET")) return line;
        if (line.contains("connect(") && !line.contains("AF_UNIX")) return line;
    }
    return {};
}

}  // namespace

class NetworkTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    QString file(const char* name) const { return folder_.filePath(QString::fromLatin1(name)); }

private slots:
    void initTestCase() {
        if (QStandardPaths::findExecutable("strace").isEmpty()) QSKIP("strace is absent");
        if (!Traced(file("try.log")).possible()) QSKIP("programs cannot be traced here");
    }

    void the_tracer_sees_what_would_be_forbidden() {
        const Traced traced(file("python.log"));
        QProcess process;
        traced.start(process, {"python3", "-c",
                               "import socket; s = socket.socket(); s.settimeout(1)\n"
                               "s.connect_ex(('127.0.0.1', 9))"});
        QVERIFY(process.waitForFinished(kPatience));
        QVERIFY(first_outside(traced.lines()).contains("AF_INET"));
    }

    void the_window_talks_to_nobody() {
        const QJsonArray pieces = {
            QJsonObject{{"text",
                         "![i](https://deepwell.example/i.png)\n\n"
                         "<img src='https://deepwell.example/j.png'>\n\n"}},
            QJsonObject{{"text",
                         "[link](https://deepwell.example) $x^2$\n\n```html\n"
                         "<script src='https://deepwell.example/s.js'></script>\n```\n"}}};
        const QJsonObject reply = {{"pieces", pieces}};
        QFile recording(file("play.json"));
        QVERIFY(recording.open(QIODevice::WriteOnly));
        recording.write(QJsonDocument(QJsonObject{{"replies", QJsonArray{reply}}}).toJson());
        recording.close();
        const Traced traced(file("window.log"));
        QProcess process;
        traced.start(process, {program("deepwell"), "--data", file("profile"), "--play",
                               file("play.json"), "--measure", file("measured.jsonl"), "--ask",
                               "Where do you fetch pictures from?"});
        QVERIFY(QTest::qWaitFor(
            [&] {
                const auto lines = measured(file("measured.jsonl"));
                return count_of(lines, "ended") > 0 && count_of(lines, "event-loop") > 1;
            },
            kPatience));
        // The window itself, not strace, which would leave it to itself.
        const auto window = traced.lines().value(0).split(' ').value(0).toInt();
        QVERIFY(window > 0 && ::kill(window, SIGTERM) == 0);
        QVERIFY(process.waitForFinished(kPatience));
        const auto lines = traced.lines();
        QVERIFY2(first_outside(lines).isEmpty(), first_outside(lines).constData());
        // The channel of a second start.
        QVERIFY(std::any_of(lines.begin(), lines.end(),
                            [](const QByteArray& line) { return line.contains("listen("); }));
    }

    void the_terminal_talks_to_nobody() {
        const Traced traced(file("terminal.log"));
        const auto model = data_dir() / "tiny_model" / "tiny.Q8_0.gguf";
        QProcess process;
        traced.start(process,
                     {program("deepwell-cli"), "--data", file("profile"), "run",
                      QString::fromStdString(model.string()), "--max-tokens", "3", "Hello?"});
        QVERIFY(process.waitForFinished(kPatience));
        QCOMPARE(process.exitCode(), 0);
        const auto lines = traced.lines();
        QVERIFY2(first_outside(lines).isEmpty(), first_outside(lines).constData());
    }
};

DEEPWELL_TEST(NetworkTest)
#include "network_test.moc"
