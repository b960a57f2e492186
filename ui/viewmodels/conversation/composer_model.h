// What is being written: the text (kept as a draft), the thinking effort, and how full the context
// is. One for the program; it turns to whichever conversation is shown.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <optional>

#include "app/conversations/conversation.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ComposerModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ConversationModel")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(bool canSend READ canSend NOTIFY changed)
    Q_PROPERTY(bool blocked READ blocked NOTIFY changed)  // a reply runs here
    Q_PROPERTY(bool saving READ saving NOTIFY changed)
    Q_PROPERTY(int effort READ effort NOTIFY changed)  // Off, Short, Medium, Long, No limit
    Q_PROPERTY(QString effortText READ effortText NOTIFY changed)
    Q_PROPERTY(QString temperatureText READ temperatureText NOTIFY changed)
    Q_PROPERTY(QString contextText READ contextText NOTIFY changed)
    Q_PROPERTY(QString shortContextText READ shortContextText NOTIFY changed)
    Q_PROPERTY(QString contextState READ contextState NOTIFY changed)  // ok, warn, bad
    // "21,380 tokens; only 13,900 fit"; empty: it fits.
    Q_PROPERTY(QString problem READ problem NOTIFY changed)
    Q_PROPERTY(bool enterSends READ enterSends NOTIFY changed)

public:
    explicit ComposerModel(const Services& services, QObject* parent = nullptr);
    ~ComposerModel() override;

    // Turns to another conversation (none: the start page); its draft comes from the store.
    void turnTo(std::optional<app::ConversationId> conversation);
    // Once the store has opened: what was asked for before got no answer.
    void loadDraft();
    void saveDraft();
    // A conversation was made from the start page: the text belongs to it from now on.
    void adopt(const app::ConversationId& conversation);
    // The question is on disk; the store has taken the draft away.
    void sent(const QString& text);
    void setState(bool blocked, bool saving);
    void setProblem(const QString& problem);
    void setFigures(int effort, double temperature, std::int64_t used, std::int64_t size);

    // A letter typed elsewhere in the window.
    Q_INVOKABLE void type(const QString& letters);
    Q_INVOKABLE static QString clipboardText();

    QString text() const { return text_; }
    void setText(const QString& text);
    // By the program: the caret goes to its end.
    void replaceText(const QString& text);
    bool canSend() const {
        return !blocked_ && !saving_ && problem_.isEmpty() && !text_.trimmed().isEmpty();
    }
    QString problem() const { return problem_; }
    bool blocked() const { return blocked_; }
    bool saving() const { return saving_; }
    int effort() const { return effort_; }
    QString effortText() const;
    QString temperatureText() const;
    QString contextText() const;
    QString shortContextText() const;
    QString contextState() const;
    bool enterSends() const;

    static QStringList effortNames();

signals:
    void textChanged();
    void changed();
    // The text was put there by the program (a draft, a question chosen): the caret goes to its
    // end.
    void textReplaced();

private:
    Services services_;
    std::optional<app::ConversationId> conversation_;
    QString text_;
    QString problem_;
    bool draft_dirty_ = false;
    QTimer draft_timer_;
    int turn_ = 0;  // answers of the store for former conversations are dropped
    bool blocked_ = false;
    bool saving_ = false;
    int effort_ = 2;
    double temperature_ = 0.6;
    std::int64_t used_ = 0;
    std::int64_t size_ = 0;
};

}  // namespace deepwell::ui
