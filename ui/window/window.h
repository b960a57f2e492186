// The window on top of the view models: engine, image providers, Main.qml.
#pragma once

#include <QtCore/QStringList>
#include <memory>

#include "ui/viewmodels/program/application_model.h"

class QQmlEngine;
class QQuickWindow;

namespace deepwell::ui {

class Announcer;

class Window {
public:
    // `application` outlives the window. Warnings of QML are gathered beside being printed.
    explicit Window(ApplicationModel& application);
    ~Window();

    // False: the page could not be made; warnings() says why.
    bool create();
    QQuickWindow* window() const { return window_; }
    QQmlEngine* engine() const { return engine_.get(); }
    const QStringList& warnings() const { return warnings_; }

private:
    ApplicationModel& application_;
    std::unique_ptr<QQmlEngine> engine_;
    std::unique_ptr<QObject> root_;
    std::unique_ptr<Announcer> announcer_;
    QQuickWindow* window_ = nullptr;
    QStringList warnings_;
};

}  // namespace deepwell::ui
