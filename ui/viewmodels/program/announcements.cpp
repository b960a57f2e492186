#include "ui/viewmodels/program/announcements.h"

#include <QtCore/QRegularExpression>
#include <utility>

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/conversation/run_words.h"
#include "ui/viewmodels/program/problem_model.h"
#include "ui/viewmodels/program/toast_model.h"

namespace deepwell::ui {
namespace {

QString phase_words(const QString& phase) {
    if (phase == QLatin1String("loading")) return Announcements::tr("Loading the model");
    if (phase == QLatin1String("reading")) return Announcements::tr("Reading the question");
    if (phase == QLatin1String("thinking")) return Announcements::tr("Thinking");
    if (phase == QLatin1String("answering")) return Announcements::tr("Answering");
    if (phase == QLatin1String("stopping")) return Announcements::tr("Stopping");
    return Announcements::tr("Waiting for the model");
}

QString ended_words(const app::Message& reply) {
    if (const QString text = ended_text(reply); !text.isEmpty()) return text;
    if (reply.state != app::MessageState::Complete) {
        return Announcements::tr("The reply could not be finished");
    }
    static const QRegularExpression blanks(QStringLiteral("\\s+"));
    const auto words =
        QString::fromStdString(reply.answer).split(blanks, Qt::SkipEmptyParts).size();
    return words == 1 ? Announcements::tr("Answer finished, 1 word")
                      : Announcements::tr("Answer finished, %1 words").arg(words);
}

}  // namespace

Announcements::Announcements(const ConversationModel& conversation, const ProblemModel& problems,
                             const ToastModel& toasts, QObject* parent)
    : QObject(parent), conversation_(conversation) {
    connect(&conversation, &ConversationModel::phaseChanged, this, &Announcements::followPhase);
    connect(&problems, &ProblemModel::changed, this, [this, &problems] {
        const QString now =
            problems.hasBanner() ? problems.title() + ". " + problems.text() : QString();
        if (std::exchange(problem_, now) != now && !now.isEmpty()) say(now);
    });
    connect(&toasts, &ToastModel::changed, this, [this, &toasts] {
        if (toasts.shown()) say(toasts.text());
    });
}

void Announcements::followPhase() {
    const QString before = std::exchange(phase_, conversation_.phase());
    const QString was_in = std::exchange(shown_in_, conversation_.conversationId());
    if (phase_ == before || was_in != shown_in_) return;
    if (!phase_.isEmpty()) {
        if (phase_ != QLatin1String("saving")) say(phase_words(phase_));
    } else if (const app::Message* reply = conversation_.lastReply()) {
        say(ended_words(*reply));
    }
}

void Announcements::say(const QString& text) {
    text_ = text;
    emit changed();
}

}  // namespace deepwell::ui
