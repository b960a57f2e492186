// The problems there are, worst first and then newest: the banner shows the first. One per code and
// subject; one that was closed is gone until its cause changes.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QVariant>
#include <functional>
#include <vector>

#include "app/problems/problem.h"

namespace deepwell::ui {

QString action_name(app::ActionKind kind);  // "LowerContext"
// As ProblemBox takes it: severity, icon, title, text, steps, actions.
QVariantMap problem_map(const app::Problem& problem);

class ProblemModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(bool hasBanner READ hasBanner NOTIFY changed)
    Q_PROPERTY(QString severity READ severity NOTIFY changed)
    Q_PROPERTY(QString icon READ icon NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed)
    Q_PROPERTY(QVariantList actions READ actions NOTIFY changed)

public:
    explicit ProblemModel(QObject* parent = nullptr) : QObject(parent) {}

    // What a button of the problem does, by its action's name.
    using Act = std::function<void(const QString& action)>;
    // `steps`: what was tried and what is open, as [{done, text}].
    void raise(const app::Problem& problem, Act act = {}, const QVariantList& steps = {});
    // The cause has gone: what was closed may be said again.
    void clear(const std::string& code, const std::string& subject = {});
    Q_INVOKABLE void act(const QString& action);
    Q_INVOKABLE void dismiss();

    bool hasBanner() const { return !shown_.empty(); }
    QString severity() const { return map().value("severity", "info").toString(); }
    QString icon() const { return map().value("icon").toString(); }
    QString title() const { return map().value("title").toString(); }
    QString text() const { return map().value("text").toString(); }
    QVariantList steps() const { return shown_.empty() ? QVariantList{} : shown_.front().steps; }
    QVariantList actions() const { return map().value("actions").toList(); }

signals:
    void changed();

private:
    struct Shown {
        app::Problem problem;
        Act act;
        QVariantList steps;
        quint64 number = 0;
    };
    QVariantMap map() const;

    std::vector<Shown> shown_;
    std::vector<app::Problem> closed_;  // by the user
    quint64 count_ = 0;
};

}  // namespace deepwell::ui
