// What is done with single messages: try again, continue, edit, versions, branch, delete.
#include "app/conversations/branches.h"
#include "ui/viewmodels/conversation/conversation_model.h"

namespace deepwell::ui {

void ConversationModel::tryAgain(const QString& reply) {
    if (running()) return;
    services_.generation.try_again(ref(reply));
}

void ConversationModel::tryAgainLast() {
    if (const app::Message* reply = messages_.lastReply()) {
        tryAgain(QString::fromStdString(reply->id));
    }
}

void ConversationModel::continueReply(const QString& reply) {
    if (!running()) services_.generation.continue_reply(ref(reply));
}

void ConversationModel::answerFromHere(const QString& reply) {
    if (!running()) services_.generation.answer_from_here(ref(reply));
}

void ConversationModel::beginEdit(const QString& question) {
    if (!running()) messages_.setEditing(question.toStdString());
}

void ConversationModel::beginEditLast() {
    if (const app::Message* question = messages_.lastQuestion()) {
        beginEdit(QString::fromStdString(question->id));
    }
}

void ConversationModel::endEdit() {
    messages_.setEditing({});
}

void ConversationModel::edit(const QString& question, const QString& text) {
    endEdit();
    if (running() || text.trimmed().isEmpty()) return;
    app::GenerationService::Question changed;
    changed.text = text.toStdString();
    services_.generation.edit(ref(question), std::move(changed));
}

void ConversationModel::chooseVersion(const QString& message, int step) {
    if (running()) return;
    const auto versions = tree_.siblings(message.toStdString());
    const auto here = tree_.version_of(message.toStdString());
    const auto wanted = static_cast<std::ptrdiff_t>(here.index) + step;
    if (wanted < 0 || wanted >= static_cast<std::ptrdiff_t>(versions.size())) return;
    stand(versions[static_cast<std::size_t>(wanted)]);
}

void ConversationModel::standAt(const app::MessageId& message) {
    if (tree_.find(message) != nullptr && messages_.find(message) == nullptr) stand(message);
}

void ConversationModel::stand(const app::MessageId& message) {
    conversation_.current = tree_.leaf_below(message);
    services_.store.choose_version({conversation_.id, message}, {});
    // What is being read knows nothing of it, and would turn back.
    if (loading_) load();
    showPath();
    refreshFigures();
}

void ConversationModel::stepVersion(int step) {
    if (const app::Message* reply = messages_.lastReply()) {
        chooseVersion(QString::fromStdString(reply->id), step);
    }
}

void ConversationModel::branchHere(const QString& message) {
    app::Conversation whole = conversation_;
    for (const app::Message* each : tree_.depth_first()) whole.messages.push_back(*each);
    auto branch = app::branch_here(whole, message.toStdString(), services_.clock.now_ms());
    if (!branch) {
        emit problem(branch.error());
        return;
    }
    const QString id = QString::fromStdString(branch->id);
    services_.store.create(
        std::move(*branch),
        app::Done<app::Nothing>(this, [this, id](app::Result<app::Nothing> made) {
            if (!made) {
                emit problem(made.error());
                return;
            }
            emit openRequested(id);
            emit said(tr("Branched into a new conversation"), QStringLiteral("branch"));
        }));
}

void ConversationModel::removeMessage(const QString& message) {
    if (running()) return;
    const std::string conversation = conversation_.id;
    services_.store.remove_message(
        ref(message),
        app::Done<std::vector<app::MessageId>>(
            this, [this, conversation](app::Result<std::vector<app::MessageId>> hidden) {
                if (!hidden) {
                    emit problem(hidden.error());
                    return;
                }
                QStringList ids;
                for (const auto& id : *hidden) ids << QString::fromStdString(id);
                if (knows(conversation)) load();
                emit messageRemoved(QString::fromStdString(conversation), ids);
            }));
}

void ConversationModel::copyLast() {
    if (const app::Message* reply = messages_.lastReply()) {
        messages_.copy(QString::fromStdString(reply->id));
    }
}

void ConversationModel::toggleLastThought() {
    messages_.toggleLastThought();
}

void ConversationModel::toggleAllThoughts() {
    messages_.toggleAllThoughts();
}

void ConversationModel::act(const QString& message, const QString& action) {
    if (action == QLatin1String("TryAgain")) {
        if (!running()) {
            const app::Message* reply = messages_.find(message.toStdString());
            const bool loop = reply != nullptr && reply->state == app::MessageState::Stopped;
            services_.generation.try_again(ref(message), false,
                                           loop ? std::optional<double>(0.7) : std::nullopt);
        }
    } else if (action == QLatin1String("AnswerFromHere")) {
        answerFromHere(message);
    } else if (action == QLatin1String("KeepGoing")) {
        if (!running()) services_.generation.keep_going(ref(message));
    } else if (action == QLatin1String("Continue")) {
        continueReply(message);
    } else if (action == QLatin1String("OtherModel")) {
        emit otherModelWanted();
    }
}

}  // namespace deepwell::ui
