// What is told to people who do not see the window: phases, the end of an answer, banners, toasts.
// Never token by token.
#pragma once

#include <QtCore/QObject>

namespace deepwell::ui {

class ConversationModel;
class ProblemModel;
class ToastModel;

class Announcements : public QObject {
    Q_OBJECT
public:
    Announcements(const ConversationModel& conversation, const ProblemModel& problems,
                  const ToastModel& toasts, QObject* parent = nullptr);

    const QString& text() const { return text_; }

signals:
    void changed();

private:
    void say(const QString& text);
    void followPhase();

    const ConversationModel& conversation_;
    QString text_;
    QString phase_;
    QString shown_in_;  // the conversation that phase_ belongs to
    QString problem_;
};

}  // namespace deepwell::ui
