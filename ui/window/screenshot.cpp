#include "ui/window/screenshot.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QHoverEvent>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <cstdio>
#include <vector>

#include "ui/window/program.h"
#include "ui/window/sheets.h"

namespace deepwell::ui {
namespace {

constexpr int kTick = 60;        // ms between looks
constexpr int kStillTicks = 4;   // equal pictures in a row
constexpr int kIdleTicks = 3;    // after a reply, before the next is asked for
constexpr int kMostTicks = 250;  // then it is taken as it is

// Of `item` and all that it shows; what a Repeater makes has no parent but the visual one.
void all_items(QQuickItem* item, std::vector<QQuickItem*>& items) {
    items.push_back(item);
    for (QQuickItem* child : item->childItems()) all_items(child, items);
}

}  // namespace

Screenshot::Screenshot(Program& program, Arguments arguments, QObject* parent)
    : QObject(parent),
      program_(program),
      arguments_(std::move(arguments)),
      page_(screenshot_page(arguments_.page)) {
    timer_.setInterval(kTick);
    connect(&timer_, &QTimer::timeout, this, &Screenshot::check);
}

void Screenshot::begin() {
    program_.application().settings()->overrideAppearance(arguments_.dark, arguments_.text_size,
                                                          true);
    QQuickWindow* window = program_.window().window();
    window->resize(arguments_.size.value_or(QSize(1280, 800)));
    window->show();
    timer_.start();
}

bool Screenshot::prepared() {
    if (program_.services().library.scanning()) return false;
    if (!page_.asks() || !arguments_.demo) return true;
    ConversationModel* conversation = program_.application().conversation();
    if (conversation->empty() || conversation->messages()->count() < 2) return false;
    if (page_.runs()) return standsStill();
    idle_ = program_.services().generation.any_running() ? 0 : idle_ + 1;
    if (idle_ < kIdleTicks) return false;
    const MessageModel* messages = conversation->messages();
    const QVariant versions =
        messages->data(messages->index(messages->rowCount() - 1), MessageModel::VersionCount);
    if (versions.toInt() >= page_.versions()) return true;
    idle_ = 0;
    conversation->tryAgainLast();
    return false;
}

bool Screenshot::standsStill() {
    const QImage now = program_.window().window()->grabWindow();
    still_ = now == last_ ? still_ + 1 : 0;
    last_ = now;
    return still_ >= kStillTicks;
}

bool Screenshot::counting() const {
    const VariantListModel* variants = program_.application().variants();
    for (int row = 0; row < variants->rowCount(); ++row) {
        const QVariant icon = variants->data(variants->index(row), VariantListModel::StateIcon);
        if (icon.toString() == QLatin1String("clock")) return true;
    }
    return false;
}

void Screenshot::open() {
    QQuickWindow* window = program_.window().window();
    QObject* surface = window->findChild<QObject*>(QStringLiteral("surface"));
    if (page_.open != nullptr && surface != nullptr) page_.open(program_.application(), *surface);
    // No hover in pictures: where the platform puts the mouse is chance.
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(window, &leave);
    if (arguments_.page == QLatin1String("problems") ||
        arguments_.page == QLatin1String("states")) {
        openSheet();
    }
}

void Screenshot::openSheet() {
    QQuickWindow* window = program_.window().window();
    const bool problems = arguments_.page == QLatin1String("problems");
    QQmlComponent component(qmlEngine(window),
                            QUrl(problems ? QStringLiteral("qrc:/qt/qml/Deepwell/Sheets/"
                                                           "ProblemsSheet.qml")
                                          : QStringLiteral("qrc:/qt/qml/Deepwell/Sheets/"
                                                           "StatesSheet.qml")));
    QVariantMap values{{QStringLiteral("width"), window->width()},
                       {QStringLiteral("height"), window->height()},
                       {QStringLiteral("parent"), QVariant::fromValue(window->contentItem())}};
    if (problems) values.insert(QStringLiteral("samples"), problem_samples());
    auto* sheet = qobject_cast<QQuickItem*>(component.createWithInitialProperties(values));
    if (sheet == nullptr) {
        std::fprintf(stderr, "deepwell: %s\n", qPrintable(component.errorString()));
        return;
    }
    sheet->setParent(window->contentItem());
    std::vector<QQuickItem*> items;
    all_items(sheet, items);
    for (QQuickItem* place : items) {
        if (place->objectName() != QLatin1String("hover")) continue;
        for (QQuickItem* control : place->childItems()) {
            QHoverEvent enter(QEvent::HoverEnter, QPointF(4, 4), control->mapToGlobal({4, 4}),
                              QPointF(-1, -1));
            QCoreApplication::sendEvent(control, &enter);
        }
    }
}

void Screenshot::check() {
    const bool patient = ++ticks_ < kMostTicks;
    if (!opened_) {
        if (!prepared() && patient) return;
        opened_ = true;
        still_ = 0;
        open();
        return;
    }
    if (page_.counted != nullptr && !counted_) {
        if (counting() && patient) return;
        counted_ = true;
        still_ = 0;
        page_.counted(program_.application());
    }
    if (standsStill() || !patient) save();
}

void Screenshot::save() {
    timer_.stop();
    const QString file = QString::fromStdString(arguments_.screenshot->string());
    if (!last_.save(file)) {
        std::fprintf(stderr, "deepwell: %s cannot be written\n", qPrintable(file));
        emit done(1);
        return;
    }
    emit done(program_.window().warnings().isEmpty() ? 0 : 1);
}

}  // namespace deepwell::ui
