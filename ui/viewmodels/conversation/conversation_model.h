// The conversation that is shown: its messages, what is being written, and the reply that runs.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include "app/conversations/message_tree.h"
#include "ui/viewmodels/conversation/composer_model.h"
#include "ui/viewmodels/conversation/draft_counter.h"
#include "ui/viewmodels/conversation/message_model.h"
#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class ConversationModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    Q_PROPERTY(QString conversationId READ conversationId NOTIFY conversationChanged)
    Q_PROPERTY(QString title READ title NOTIFY titleChanged)
    Q_PROPERTY(bool empty READ empty NOTIFY conversationChanged)  // the start page
    Q_PROPERTY(deepwell::ui::MessageModel* messages READ messages CONSTANT)
    Q_PROPERTY(deepwell::ui::ComposerModel* composer READ composer CONSTANT)
    Q_PROPERTY(bool running READ running NOTIFY phaseChanged)
    Q_PROPERTY(QString phase READ phase NOTIFY phaseChanged)
    Q_PROPERTY(QString phaseText READ phaseText NOTIFY phaseChanged)
    Q_PROPERTY(QString rateText READ rateText NOTIFY figuresChanged)
    Q_PROPERTY(QString detailText READ detailText NOTIFY figuresChanged)

public:
    explicit ConversationModel(const Services& services, QObject* parent = nullptr);

    void showFresh();
    void show(const app::ConversationId& id);
    // Stands on the branch of this message, where it is on another one.
    void standAt(const app::MessageId& message);
    // Model and context that this conversation uses from now on.
    void chooseVariant(const std::optional<app::VariantId>& variant, int context);
    // Its own layer of settings, whole.
    void setSettings(const std::optional<app::ConversationSettings>& settings);
    const app::Conversation& value() const { return conversation_; }
    // Reads it again from the store.
    void reload() {
        if (!fresh_) load();
    }
    bool knows(const app::ConversationId& id) const { return !fresh_ && conversation_.id == id; }

    QString conversationId() const { return QString::fromStdString(conversation_.id); }
    QString title() const;
    bool empty() const { return fresh_; }
    MessageModel* messages() { return &messages_; }
    const app::Message* lastReply() const { return messages_.lastReply(); }
    ComposerModel* composer() { return &composer_; }
    bool running() const;
    QString phase() const { return phase_; }
    QString phaseText() const { return phase_text_; }
    QString rateText() const { return rate_text_; }
    QString detailText() const { return detail_text_; }

    Q_INVOKABLE void send();
    // The conversation is longer than the context: the oldest messages stay out of the prompt.
    void sendLeavingOut();
    // The question alone is too long: its end is asked.
    Q_INVOKABLE void sendTheEnd();
    Q_INVOKABLE void stop();
    Q_INVOKABLE void answerNow();
    Q_INVOKABLE void rename(const QString& title);
    Q_INVOKABLE void setEffort(int effort);
    Q_INVOKABLE void cycleEffort();
    Q_INVOKABLE void tryAgain(const QString& reply);
    Q_INVOKABLE void tryAgainLast();
    Q_INVOKABLE void continueReply(const QString& reply);
    Q_INVOKABLE void answerFromHere(const QString& reply);
    Q_INVOKABLE void beginEdit(const QString& question);
    Q_INVOKABLE void beginEditLast();
    Q_INVOKABLE void endEdit();
    Q_INVOKABLE void edit(const QString& question, const QString& text);
    Q_INVOKABLE void chooseVersion(const QString& message, int step);
    Q_INVOKABLE void stepVersion(int step);  // of the last answer
    Q_INVOKABLE void branchHere(const QString& message);
    Q_INVOKABLE void removeMessage(const QString& message);
    Q_INVOKABLE void copyLast();
    Q_INVOKABLE void toggleLastThought();
    Q_INVOKABLE void toggleAllThoughts();
    Q_INVOKABLE void act(const QString& message, const QString& action);

signals:
    void conversationChanged();
    void titleChanged();
    void phaseChanged();
    void figuresChanged();
    void loaded();
    // The question is on disk.
    void sent();
    void variantChanged();
    void openRequested(const QString& conversation);
    void said(const QString& text, const QString& icon);
    void messageRemoved(const QString& conversation, const QStringList& messages);
    void problem(const deepwell::app::Error& error);
    void otherModelWanted();
    // What is to be sent does not fit with all that goes before it.
    void contextFull();
    void modelNeeded();  // the first letter was typed

private:
    void load();
    void take(app::Conversation conversation);
    void showPath();
    void stand(const app::MessageId& message);
    void applyLive();
    void refreshFigures();
    std::optional<DraftCounter::Draft> draft() const;
    void counted();
    void sendWith(app::Overflow overflow);
    app::MessageRef ref(const QString& message) const;

    Services services_;
    MessageModel messages_;
    ComposerModel composer_;
    DraftCounter draft_counter_;
    bool send_when_counted_ = false;
    app::Conversation conversation_;
    app::MessageTree tree_;
    bool fresh_ = true;
    QString sending_;  // the text that is being saved; empty: none
    int load_number_ = 0;
    bool loading_ = false;
    app::MessageId awaited_;  // a running reply that is not among the messages yet
    QString phase_;
    QString phase_text_;
    QString rate_text_;
    QString detail_text_;
    QTimer figures_timer_;  // four times a second while a reply runs
};

}  // namespace deepwell::ui
