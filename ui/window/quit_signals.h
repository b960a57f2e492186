// SIGTERM, SIGINT and SIGHUP as a signal of the event loop: the same way out as Quit.
#pragma once

#include <QtCore/QObject>

class QSocketNotifier;

namespace deepwell::ui {

class QuitSignals : public QObject {
    Q_OBJECT
public:
    // One at a time in a process.
    explicit QuitSignals(QObject* parent = nullptr);
    ~QuitSignals() override;

signals:
    void quitRequested();

private:
    QSocketNotifier* notifier_ = nullptr;
};

}  // namespace deepwell::ui
