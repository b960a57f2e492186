#include "ui/viewmodels/program/application_model.h"

#include <QtCore/QFileInfo>

namespace deepwell::ui {

ApplicationModel::ApplicationModel(const Services& services, QObject* parent)
    : QObject(parent),
      services_(services),
      conversations_(services),
      conversation_(services),
      store_problems_(services, problems_),
      switch_(services, conversation_, problems_),
      model_problems_(services, problems_, switch_),
      variant_(services, conversation_),
      variants_(services, conversation_, switch_),
      folders_(services),
      device_(services),
      settings_(services),
      generation_(services),
      search_(services),
      export_(services),
      start_(services, variant_),
      announcements_(conversation_, problems_, toasts_) {
    connectConversation();
    connectProblems();
    connect(&announcements_, &Announcements::changed, this, &ApplicationModel::announcementChanged);
    connect(&export_, &ExportModel::saved, this, [this](const QString& file) {
        toasts_.say(tr("Saved as %1").arg(QFileInfo(file).fileName()), QStringLiteral("check"));
    });
    connect(&export_, &ExportModel::copied, this,
            [this] { toasts_.say(tr("Copied"), QStringLiteral("check")); });
}

void ApplicationModel::connectConversation() {
    connect(&conversation_, &ConversationModel::conversationChanged, this, [this] {
        conversations_.setCurrent(conversation_.empty() ? QString()
                                                        : conversation_.conversationId());
    });
    connect(&conversation_, &ConversationModel::openRequested, this, &ApplicationModel::open);
    connect(&conversation_, &ConversationModel::said, this,
            [this](const QString& text, const QString& icon) { toasts_.say(text, icon); });
    connect(&conversation_, &ConversationModel::otherModelWanted, this,
            &ApplicationModel::switcherRequested);
    connect(&conversation_, &ConversationModel::modelNeeded, this,
            [this] { variant_.loadIfNeeded(); });
    connect(&conversation_, &ConversationModel::loaded, this, &ApplicationModel::showWanted);
    connect(&conversation_, &ConversationModel::messageRemoved, this,
            [this](const QString& conversation, const QStringList& messages) {
                toasts_.say(
                    tr("Message deleted"), QStringLiteral("trash"), tr("Undo"),
                    [this, conversation, messages] {
                        std::vector<app::MessageId> ids;
                        for (const QString& id : messages) ids.push_back(id.toStdString());
                        services_.store.restore_messages(
                            conversation.toStdString(), std::move(ids),
                            app::Done<app::Nothing>(this, [this](app::Result<app::Nothing>) {
                                conversation_.reload();
                            }));
                    });
            });
    connect(conversation_.messages(), &MessageModel::copied, this,
            [this] { toasts_.say(tr("Copied"), QStringLiteral("check")); });
}

void ApplicationModel::connectProblems() {
    connect(&conversation_, &ConversationModel::problem, &store_problems_, &StoreProblems::raise);
    connect(&store_problems_, &StoreProblems::exportRequested, this,
            &ApplicationModel::exportRequested);
    connect(&store_problems_, &StoreProblems::quitRequested, this, &ApplicationModel::quit);
    connect(&store_problems_, &StoreProblems::said, this,
            [this](const QString& text, const QString& icon) { toasts_.say(text, icon); });
    connect(&store_problems_, &StoreProblems::reopenRequested, this,
            &ApplicationModel::reopenRequested);
    connect(&conversation_, &ConversationModel::contextFull, this,
            &ApplicationModel::askAboutContext);
    connect(&model_problems_, &ModelProblems::otherModelWanted, this, [this] {
        setPage(QStringLiteral("conversation"));
        emit switcherRequested();
    });
    connect(&model_problems_, &ModelProblems::fileWanted, this, [this] {
        showSettings(QStringLiteral("models"));
        emit importRequested();
    });
    connect(&model_problems_, &ModelProblems::newConversationWanted, this, [this] {
        const app::Message* question = conversation_.messages()->lastQuestion();
        askElsewhere(question != nullptr ? QString::fromStdString(question->answer) : QString());
    });
    connect(&model_problems_, &ModelProblems::devicesWanted, &device_, &DeviceModel::checkAgain);
    connect(&model_problems_, &ModelProblems::detailsCopied, this,
            [this] { toasts_.say(tr("Details copied"), QStringLiteral("check")); });
}

ApplicationModel::~ApplicationModel() = default;

// Before anything is sent: never a silent cut.
void ApplicationModel::askAboutContext() {
    app::ProblemFacts facts;
    facts.subject = conversation_.value().id;
    const app::Problem problem = app::context_full_problem(facts);
    problems_.raise(problem, [this, problem](const QString& action) {
        if (action == QLatin1String("RaiseContext")) {
            emit switcherRequested();
            return;
        }
        problems_.clear(problem.code, problem.subject);
        if (action == QLatin1String("LeaveOut")) {
            conversation_.sendLeavingOut();
        } else {
            askElsewhere(conversation_.composer()->text());
        }
    });
}

// The question goes along into a new conversation, where there is room.
void ApplicationModel::askElsewhere(const QString& question) {
    conversation_.composer()->replaceText({});
    newConversation();
    conversation_.composer()->replaceText(question);
}

void ApplicationModel::begin(const app::OpenReport& report) {
    store_problems_.opened(true);
    conversations_.reload();
    conversation_.composer()->loadDraft();
    if (report.set_aside) {
        store_problems_.tellSalvage(*report.set_aside, report.salvage.value_or(std::string()));
    }
    if (services_.settings.set_aside()) {
        toasts_.say(tr("The settings could not be read and were put aside"),
                    QStringLiteral("warning"));
    }
}

void ApplicationModel::storeFailed(const app::Error& error) {
    store_problems_.opened(false);
    store_problems_.raise(error);
}

void ApplicationModel::setPage(const QString& page, const QString& settings_page) {
    if (page_ == page && (settings_page.isEmpty() || settings_page_ == settings_page)) return;
    page_ = page;
    if (!settings_page.isEmpty()) settings_page_ = settings_page;
    emit pageChanged();
}

void ApplicationModel::newConversation() {
    setPage(QStringLiteral("conversation"));
    if (!conversation_.empty()) conversation_.showFresh();
}

void ApplicationModel::open(const QString& id) {
    setPage(QStringLiteral("conversation"));
    conversation_.show(id.toStdString());
}

void ApplicationModel::openNeighbour(int step) {
    const QString id = conversations_.neighbour(conversations_.currentId(), step);
    if (!id.isEmpty()) open(id);
}

void ApplicationModel::openHit(const QString& id, const QString& message) {
    const bool there = conversation_.knows(id.toStdString());
    wanted_message_ = message;
    open(id);
    if (there) showWanted();
}

void ApplicationModel::showWanted() {
    if (wanted_message_.isEmpty()) return;
    conversation_.standAt(wanted_message_.toStdString());
    emit messageRequested(std::exchange(wanted_message_, {}));
}

void ApplicationModel::removeConversation(const QString& id) {
    if (id.isEmpty()) return;
    const bool shown = conversation_.knows(id.toStdString());
    QString next = conversations_.neighbour(id, 1);
    if (next.isEmpty()) next = conversations_.neighbour(id, -1);
    services_.generation.stop(id.toStdString());
    services_.store.remove_conversation(
        id.toStdString(),
        app::Done<app::Nothing>(this, [this, id, shown](app::Result<app::Nothing> removed) {
            if (!removed) {
                store_problems_.raise(removed.error());
                return;
            }
            conversations_.reload();
            toasts_.say(tr("Conversation deleted"), QStringLiteral("trash"), tr("Undo"),
                        [this, id, shown] {
                            services_.store.restore_conversation(
                                id.toStdString(),
                                app::Done<app::Nothing>(
                                    this, [this, id, shown](app::Result<app::Nothing> back) {
                                        if (!back) return;
                                        conversations_.reload();
                                        if (shown) open(id);
                                    }));
                        });
        }));
    if (shown) {
        if (next.isEmpty()) {
            conversation_.showFresh();
        } else {
            conversation_.show(next.toStdString());
        }
    }
}

void ApplicationModel::removeCurrent() {
    if (!conversation_.empty()) removeConversation(conversation_.conversationId());
}

void ApplicationModel::showSettings(const QString& page) {
    setPage(QStringLiteral("settings"), page);
}

void ApplicationModel::showSearch() {
    setPage(QStringLiteral("search"));
}

bool ApplicationModel::goBack() {
    if (page_ == QLatin1String("conversation")) return false;
    setPage(QStringLiteral("conversation"));
    return true;
}

void ApplicationModel::escape() {
    if (goBack()) return;
    if (conversation_.running()) {
        conversation_.stop();
    } else {
        variant_.stopLoading();
    }
}

void ApplicationModel::quit() {
    emit quitRequested();
}

}  // namespace deepwell::ui
