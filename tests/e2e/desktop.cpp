#include "tests/e2e/desktop.h"

#include <QDeadlineTimer>
#include <QTest>

namespace deepwell::tests {
namespace {

constexpr int kPatience = 20'000;  // ms

}  // namespace

Desktop::Desktop() {
    // Xvfb chooses a free display and prints its number.
    xvfb_.setProcessChannelMode(QProcess::SeparateChannels);
    // Without -noreset the server begins anew when its last client dies, and refuses the next.
    xvfb_.start("Xvfb",
                {"-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"});
    if (!xvfb_.waitForStarted(kPatience)) return;
    QByteArray number;
    while (!number.endsWith('\n') && xvfb_.waitForReadyRead(kPatience)) number += xvfb_.readAll();
    if (!number.trimmed().isEmpty()) display_ = ":" + QString::fromLatin1(number.trimmed());
}

Desktop::~Desktop() {
    kill();
    xvfb_.terminate();
    xvfb_.waitForFinished(kPatience);
}

bool Desktop::start(const QString& program, const QStringList& arguments) {
    program_ = std::make_unique<QProcess>();
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("DISPLAY", display_);
    environment.insert("QT_QPA_PLATFORM", "xcb");
    environment.insert("QT_QUICK_BACKEND", "software");
    program_->setProcessEnvironment(environment);
    program_->setProcessChannelMode(QProcess::MergedChannels);
    program_->start(program, arguments);
    if (!program_->waitForStarted(kPatience)) return false;
    window_ = window_id();
    if (window_.isEmpty()) return false;
    xdotool({"windowfocus", "--sync", window_});
    return true;
}

void Desktop::kill() {
    if (!program_) return;
    program_->kill();
    program_->waitForFinished(kPatience);
    output_ += QString::fromUtf8(program_->readAll());
    program_.reset();
}

bool Desktop::quit() {
    press("ctrl+q");
    const bool ended = program_ && program_->waitForFinished(kPatience);
    if (program_) output_ += QString::fromUtf8(program_->readAll());
    if (ended) program_.reset();
    return ended;
}

bool Desktop::running() const {
    return program_ && program_->state() == QProcess::Running;
}

QString Desktop::output() const {
    return output_;
}

void Desktop::type(const QString& text) {
    xdotool({"type", "--delay", "15", text});
}
void Desktop::press(const QString& keys) {
    xdotool({"key", keys});
}
void Desktop::click(int x, int y) {
    xdotool({"mousemove", "--sync", QString::number(x), QString::number(y), "click", "1"});
}

void Desktop::xdotool(const QStringList& arguments) {
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert("DISPLAY", display_);
    process.setProcessEnvironment(environment);
    process.start("xdotool", arguments);
    process.waitForFinished(kPatience);
}

QString Desktop::window_id() {
    QDeadlineTimer deadline(kPatience);
    while (!deadline.hasExpired() && running()) {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("DISPLAY", display_);
        process.setProcessEnvironment(environment);
        process.start("xdotool", {"search", "--onlyvisible", "--name", "Deepwell"});
        process.waitForFinished(kPatience);
        const QString id = QString::fromLatin1(process.readAll()).section('\n', 0, 0).trimmed();
        if (!id.isEmpty()) return id;
        QTest::qWait(50);
    }
    return {};
}

}  // namespace deepwell::tests
