#include "ui/window/window.h"

#include <QtGui/QIcon>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>

#include "ui/window/announcer.h"
#include "ui/window/icon_provider.h"
#include "ui/window/shadow_provider.h"

namespace deepwell::ui {

Window::Window(ApplicationModel& application)
    : application_(application), engine_(std::make_unique<QQmlEngine>()) {
    QObject::connect(engine_.get(), &QQmlEngine::warnings, engine_.get(),
                     [this](const QList<QQmlError>& warnings) {
                         for (const QQmlError& warning : warnings) warnings_ << warning.toString();
                     });
    engine_->addImportPath(QStringLiteral("qrc:/qt/qml"));
    engine_->addImageProvider(QStringLiteral("icon"), new IconProvider);
    engine_->addImageProvider(QStringLiteral("shadow"), new ShadowProvider);
}

Window::~Window() {
    // The pages go before the view models that they look at.
    announcer_.reset();
    root_.reset();
    engine_.reset();
}

bool Window::create() {
    QQmlComponent component(engine_.get(),
                            QUrl(QStringLiteral("qrc:/qt/qml/Deepwell/Window/Main.qml")));
    for (const QQmlError& error : component.errors()) warnings_ << error.toString();
    if (!component.isReady()) return false;
    root_.reset(component.createWithInitialProperties(
        {{QStringLiteral("application"), QVariant::fromValue(&application_)}}));
    window_ = qobject_cast<QQuickWindow*>(root_.get());
    if (window_ == nullptr) return false;
    announcer_ = std::make_unique<Announcer>(
        application_, window_->findChild<QQuickItem*>(QStringLiteral("announcer")));
    window_->setIcon(QIcon(QPixmap::fromImage(mark_image(64))));
    return true;
}

}  // namespace deepwell::ui
