// The start page: what is loaded and where it runs, and three questions to begin with.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QVariant>

#include "ui/viewmodels/models/current_variant_model.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class StartModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString line READ line NOTIFY changed)
    Q_PROPERTY(QString stateWord READ stateWord NOTIFY changed)
    Q_PROPERTY(QString stateTone READ stateTone NOTIFY changed)
    Q_PROPERTY(QString stateIcon READ stateIcon NOTIFY changed)
    Q_PROPERTY(QString modelName READ modelName NOTIFY changed)
    Q_PROPERTY(QString quantization READ quantization NOTIFY changed)
    Q_PROPERTY(QString figures READ figures NOTIFY changed)
    Q_PROPERTY(QString note READ note NOTIFY changed)
    Q_PROPERTY(QVariantList questions READ questions NOTIFY changed)

public:
    StartModel(const Services& services, const CurrentVariantModel& variant,
               QObject* parent = nullptr);

    QString line() const;
    QString stateWord() const;
    QString stateTone() const;
    QString stateIcon() const;
    QString modelName() const;
    QString quantization() const { return variant_.quantization(); }
    QString figures() const;
    QString note() const;
    QVariantList questions() const;

signals:
    void changed();

private:
    bool starter() const;
    bool onCard() const;

    Services services_;
    const CurrentVariantModel& variant_;
};

}  // namespace deepwell::ui
