// The model that answers in the conversation that is shown, and how it stands: not loaded, loading,
// ready, answering.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>

#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationModel;

class CurrentVariantModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString name READ name NOTIFY changed)
    Q_PROPERTY(QString quantization READ quantization NOTIFY changed)
    Q_PROPERTY(QString state READ state NOTIFY changed)  // ready, busy, loading, unloaded, error
    Q_PROPERTY(double loadProgress READ loadProgress NOTIFY changed)
    Q_PROPERTY(QString buttonText READ buttonText NOTIFY changed)
    Q_PROPERTY(QString accessibleState READ accessibleState NOTIFY changed)

public:
    CurrentVariantModel(const Services& services, const ConversationModel& conversation,
                        QObject* parent = nullptr);

    // Null: there is no usable model.
    const app::ModelFile* file() const;
    // The first letter was typed: the model is made ready.
    void loadIfNeeded();
    // How long the last loading took; 0: none yet.
    double loadSeconds() const { return load_seconds_; }

    Q_INVOKABLE void unload();
    // False: nothing was being loaded.
    Q_INVOKABLE bool stopLoading();

    QString name() const;
    QString quantization() const;
    QString state() const { return state_; }
    double loadProgress() const { return services_.generation.model().done; }
    QString buttonText() const;
    QString accessibleState() const;

signals:
    void changed();

private:
    QString findState() const;
    void refresh();
    void followModel();

    Services services_;
    const ConversationModel& conversation_;
    QString state_;
    bool failed_ = false;
    double load_seconds_ = 0;
    QElapsedTimer loading_since_;
};

}  // namespace deepwell::ui
