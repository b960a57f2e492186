#include "ui/window/screenshot.h"

#include <QtGui/QCursor>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <cstdio>

#include "app/problems/problem.h"
#include "ui/window/demo.h"
#include "ui/window/program.h"

namespace deepwell::ui {
namespace {

constexpr int kTick = 60;        // ms between looks
constexpr int kStillTicks = 4;   // equal pictures in a row
constexpr int kMostTicks = 250;  // then it is taken as it is

}  // namespace

std::optional<app::Recording> Screenshot::recording(const QString& page) {
    if (page == QLatin1String("first-start")) return std::nullopt;
    if (page == QLatin1String("thinking") || page == QLatin1String("drawer")) {
        return demo_recording(8, 8, QStringLiteral("thought"));
    }
    if (page == QLatin1String("answering")) return demo_recording(8, 8, QStringLiteral("answer"));
    return demo_recording(8, 8);
}

Screenshot::Screenshot(Program& program, Arguments arguments, QObject* parent)
    : QObject(parent), program_(program), arguments_(std::move(arguments)) {
    timer_.setInterval(kTick);
    connect(&timer_, &QTimer::timeout, this, &Screenshot::check);
}

void Screenshot::begin() {
    program_.application().settings()->overrideAppearance(arguments_.dark, arguments_.text_size,
                                                          true);
    QQuickWindow* window = program_.window().window();
    window->resize(arguments_.size.value_or(QSize(1280, 800)));
    window->show();
    // No hover in pictures.
    QCursor::setPos(window->geometry().bottomRight());
    timer_.start();
}

void Screenshot::arrange() {
    ApplicationModel& application = program_.application();
    const QString& page = arguments_.page;
    QObject* surface = program_.window().window()->findChild<QObject*>(QStringLiteral("surface"));
    if (page == QLatin1String("models") || page == QLatin1String("generation") ||
        page == QLatin1String("appearance")) {
        application.showSettings(page);
    } else if (page == QLatin1String("search")) {
        application.showSearch();
        application.search()->setText(QStringLiteral("quadratic"));
    } else if (page == QLatin1String("switcher")) {
        emit application.switcherRequested();
    } else if (page == QLatin1String("export")) {
        emit application.exportRequested();
    } else if (page == QLatin1String("keyboard") && surface != nullptr) {
        QMetaObject::invokeMethod(surface, "openKeys");
    } else if (page == QLatin1String("drawer") && surface != nullptr) {
        QMetaObject::invokeMethod(surface, "toggleSidebar");
    } else if (page == QLatin1String("answering")) {
        application.conversation()->composer()->type(
            QStringLiteral("And if the well holds warm air, "));
    } else if (page == QLatin1String("errors")) {
        application.problems()->raise(app::no_card_problem("The NVIDIA driver did not answer."));
    }
}

void Screenshot::check() {
    ++ticks_;
    const bool asks = arguments_.page != QLatin1String("first-start") && arguments_.demo;
    ConversationModel* conversation = program_.application().conversation();
    const bool waits = asks && (conversation->empty() || conversation->messages()->count() < 2);
    if (waits && ticks_ < kMostTicks) return;
    // Pages that show a finished reply wait for its end.
    const bool runs = arguments_.page == QLatin1String("thinking") ||
                      arguments_.page == QLatin1String("answering") ||
                      arguments_.page == QLatin1String("drawer");
    if (!runs && conversation->running() && ticks_ < kMostTicks) return;
    if (!arranged_) {
        arranged_ = true;
        arrange();
        return;
    }
    const QImage now = program_.window().window()->grabWindow();
    still_ = now == last_ ? still_ + 1 : 0;
    last_ = now;
    if (still_ >= kStillTicks || ticks_ > kMostTicks) save();
}

void Screenshot::save() {
    timer_.stop();
    const QString file = QString::fromStdString(arguments_.screenshot->string());
    if (!last_.save(file)) {
        std::fprintf(stderr, "deepwell: %s cannot be written\n", qPrintable(file));
        finish(1);
        return;
    }
    finish(program_.window().warnings().isEmpty() ? 0 : 1);
}

void Screenshot::finish(int code) {
    emit done(code);
}

}  // namespace deepwell::ui
