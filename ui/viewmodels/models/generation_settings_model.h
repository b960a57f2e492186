// Thinking, sampling and system prompt: of all models, or of one that is chosen ("Applies to").
// What one model does not set itself is shown as it comes from all models.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <functional>

#include "app/conversations/generation_values.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class GenerationSettingsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    // "All models", then each by name; `appliesTo` is the place in it.
    Q_PROPERTY(QStringList models READ models NOTIFY changed)
    Q_PROPERTY(int appliesTo READ appliesTo WRITE setAppliesTo NOTIFY changed)
    Q_PROPERTY(int effort READ effort WRITE setEffort NOTIFY changed)
    Q_PROPERTY(int budget READ budget WRITE setBudget NOTIFY changed)  // tokens; 0: no limit
    Q_PROPERTY(double temperature READ temperature WRITE setTemperature NOTIFY changed)
    Q_PROPERTY(double topP READ topP WRITE setTopP NOTIFY changed)
    Q_PROPERTY(int topK READ topK WRITE setTopK NOTIFY changed)
    Q_PROPERTY(double minP READ minP WRITE setMinP NOTIFY changed)
    Q_PROPERTY(double repeatPenalty READ repeatPenalty WRITE setRepeatPenalty NOTIFY changed)
    Q_PROPERTY(QString otherSamplers READ otherSamplers NOTIFY changed)
    // As written; empty: a new one each time.
    Q_PROPERTY(QString seed READ seed WRITE setSeed NOTIFY changed)
    Q_PROPERTY(QString systemPrompt READ systemPrompt WRITE setSystemPrompt NOTIFY changed)
    Q_PROPERTY(bool samplingChanged READ samplingChanged NOTIFY changed)
    // Of all models alone
    Q_PROPERTY(bool foldThought READ foldThought WRITE setFoldThought NOTIFY changed)
    Q_PROPERTY(bool showThought READ showThought WRITE setShowThought NOTIFY changed)
    Q_PROPERTY(bool loopGuard READ loopGuard WRITE setLoopGuard NOTIFY changed)
    Q_PROPERTY(bool closeLoops READ closeLoops WRITE setCloseLoops NOTIFY changed)

public:
    explicit GenerationSettingsModel(const Services& services, QObject* parent = nullptr);

    QStringList models() const;
    int appliesTo() const;
    void setAppliesTo(int index);
    int effort() const;
    void setEffort(int effort);
    int budget() const;
    void setBudget(int tokens);
    double temperature() const { return sampler().temperature.value_or(0.6); }
    void setTemperature(double value);
    double topP() const { return sampler().top_p.value_or(0.95); }
    void setTopP(double value);
    int topK() const { return static_cast<int>(sampler().top_k.value_or(0)); }
    void setTopK(int value);
    double minP() const { return sampler().min_p.value_or(0); }
    void setMinP(double value);
    double repeatPenalty() const { return sampler().repeat_penalty.value_or(1); }
    void setRepeatPenalty(double value);
    QString otherSamplers() const;
    QString seed() const;
    void setSeed(const QString& text);
    QString systemPrompt() const;
    void setSystemPrompt(const QString& text);
    bool samplingChanged() const;
    bool foldThought() const;
    void setFoldThought(bool on);
    bool showThought() const;
    void setShowThought(bool on);
    bool loopGuard() const;
    void setLoopGuard(bool on);
    bool closeLoops() const;
    void setCloseLoops(bool on);

    Q_INVOKABLE void resetSampling();

signals:
    void changed();

private:
    const app::Settings& values() const { return services_.settings.values(); }
    // A value of the layer: the model's own, else that of all models. Null: nobody's.
    app::Json value(const char* key) const;
    // Null takes it away.
    void setValue(const char* key, const app::Json& value);
    app::SamplerValues sampler() const;
    void changeSampler(const std::function<void(app::SamplerValues&)>& change);
    std::optional<app::ThinkingValues> thinking() const;
    void setView(bool fold, bool show);

    Services services_;
    std::string model_;  // file name; empty: all models
};

}  // namespace deepwell::ui
