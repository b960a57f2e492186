// Where the model runs, and the memory there: other programs, weights, cache, work, free. Asked
// once a second off the GUI thread; told only on change.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>
#include <QtCore/QVariant>

#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class DeviceModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString name READ name NOTIFY changed)          // "CPU"
    Q_PROPERTY(QString longName READ longName NOTIFY changed)  // "CPU · 8 threads"
    Q_PROPERTY(QString usedText READ usedText NOTIFY changed)
    Q_PROPERTY(QString totalText READ totalText NOTIFY changed)
    Q_PROPERTY(QVariantList parts READ parts NOTIFY changed)      // for MemoryBar
    Q_PROPERTY(QVariantList figures READ figures NOTIFY changed)  // [{kind, name, value}]
    Q_PROPERTY(bool modelLoaded READ modelLoaded NOTIFY changed)
    Q_PROPERTY(QString accessibleName READ accessibleName NOTIFY changed)

public:
    explicit DeviceModel(const Services& services, QObject* parent = nullptr);
    ~DeviceModel() override;

    Q_INVOKABLE void checkAgain();

    QString name() const;
    QString longName() const;
    QString usedText() const;
    QString totalText() const;
    QVariantList parts() const;
    QVariantList figures() const;
    bool modelLoaded() const;
    QString accessibleName() const;

signals:
    void changed();

private:
    bool on_card() const;
    std::uint64_t total() const;
    std::uint64_t used() const;
    std::uint64_t ours() const;

    Services services_;
    QTimer timer_;
    QThreadPool pool_;
    app::FreeMemory memory_;
    app::MemoryNeed need_;  // of the loaded plan
    int threads_ = 1;
};

}  // namespace deepwell::ui
