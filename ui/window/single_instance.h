// One window a profile: the first one listens in the profile's folder, a second start asks it to
// come to the front.
#pragma once

#include <QtCore/QObject>
#include <memory>

#include "app/base/paths.h"

class QLocalServer;

namespace deepwell::ui {

class SingleInstance : public QObject {
    Q_OBJECT
public:
    explicit SingleInstance(const app::Profile& profile, QObject* parent = nullptr);
    ~SingleInstance() override;

    // Whoever holds the profile's lock listens. A file that a crash left is cleared away.
    void listen();
    // Asks the window that holds the lock; true if it answered within a second.
    bool raise_other() const;

signals:
    void raiseRequested();

private:
    QString name_;
    std::unique_ptr<QLocalServer> server_;
};

}  // namespace deepwell::ui
