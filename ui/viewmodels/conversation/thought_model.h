// The thought of one reply as the window shows it: title, timer, tokens, depth, folded or open.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>

#include "app/conversations/message.h"
#include "app/generation/live_reply.h"

namespace deepwell::ui {

class ThoughtModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by MessageModel")
    Q_PROPERTY(QString text READ text NOTIFY textChanged)
    Q_PROPERTY(bool hasText READ hasText NOTIFY textChanged)
    Q_PROPERTY(bool running READ running NOTIFY changed)
    // Its text stands in the thought's own row: while it runs, and after that until it was folded.
    Q_PROPERTY(bool asText READ asText NOTIFY changed)
    Q_PROPERTY(bool canAnswerNow READ canAnswerNow NOTIFY changed)
    Q_PROPERTY(bool folded READ folded NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString timeText READ timeText NOTIFY progressed)
    Q_PROPERTY(QString tokensText READ tokensText NOTIFY progressed)
    Q_PROPERTY(double depth READ depth NOTIFY progressed)
    Q_PROPERTY(QString accessibleName READ accessibleName NOTIFY changed)

public:
    explicit ThoughtModel(QObject* parent = nullptr) : QObject(parent) {}

    // A reply from the store, or one that ended.
    void show(const app::Message& message);
    // One that runs now.
    void follow(const app::LiveReply& reply, app::Milliseconds now);
    // The timer alone.
    void tick(app::Milliseconds now);

    // By the reader: beats whatever the program would do by itself.
    void toggleFold();
    // By itself, when the answer begins.
    void foldByItself();
    void openByItself();
    bool touched() const { return touched_; }

    QString text() const { return text_; }
    bool hasText() const { return !text_.isEmpty(); }
    bool running() const { return running_; }
    bool asText() const { return as_text_; }
    bool canAnswerNow() const { return running_ && !answer_now_asked_; }
    bool folded() const { return folded_; }
    QString title() const;
    QString timeText() const;
    QString tokensText() const;
    double depth() const;
    QString accessibleName() const;

signals:
    void textChanged();
    void changed();
    void progressed();

private:
    void take(const app::Message& message);

    QString text_;
    bool exists_ = false;
    bool running_ = false;
    bool as_text_ = false;
    bool folded_ = true;
    bool touched_ = false;
    bool answer_now_asked_ = false;
    double ms_ = 0;
    std::int64_t tokens_ = 0;
    std::optional<std::int64_t> budget_;
    std::optional<app::ThoughtEndedBy> ended_by_;
    app::Milliseconds began_ = 0;
    double ms_before_ = 0;
};

}  // namespace deepwell::ui
