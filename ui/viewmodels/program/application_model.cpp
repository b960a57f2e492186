#include "ui/viewmodels/program/application_model.h"

#include <QtCore/QFileInfo>

namespace deepwell::ui {

ApplicationModel::ApplicationModel(const Services& services, QObject* parent)
    : QObject(parent),
      services_(services),
      conversations_(services),
      conversation_(services),
      variants_(services, conversation_),
      device_(services),
      settings_(services),
      search_(services),
      export_(services),
      start_(services, variants_) {
    connect(&conversation_, &ConversationModel::conversationChanged, this, [this] {
        conversations_.setCurrent(conversation_.empty() ? QString()
                                                        : conversation_.conversationId());
    });
    connect(&conversation_, &ConversationModel::openRequested, this, &ApplicationModel::open);
    connect(&conversation_, &ConversationModel::said, this,
            [this](const QString& text, const QString& icon) { toasts_.say(text, icon); });
    connect(&conversation_, &ConversationModel::problem, this,
            [this](const app::Error& error) { raise(error); });
    connect(&conversation_, &ConversationModel::otherModelWanted, this,
            &ApplicationModel::switcherRequested);
    connect(&conversation_, &ConversationModel::modelNeeded, this,
            [this] { variants_.loadIfNeeded(); });
    connect(&conversation_, &ConversationModel::loaded, this, [this] {
        if (wanted_message_.isEmpty()) return;
        emit messageRequested(std::exchange(wanted_message_, {}));
    });
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
    connect(&export_, &ExportModel::saved, this, [this](const QString& file) {
        toasts_.say(tr("Saved as %1").arg(QFileInfo(file).fileName()), QStringLiteral("check"));
    });
    connect(&export_, &ExportModel::copied, this,
            [this] { toasts_.say(tr("Copied"), QStringLiteral("check")); });
    connect(&services_.store, &app::Store::problem, this,
            [this](const app::Error& error) { raise(error); });
    connect(&services_.store, &app::Store::problemCleared, this, [this] { problems_.clear({}); });
    connect(&services_.generation, &app::GenerationService::loadFailed, this,
            [this](const app::LoadFailed& failure) {
                if (failure.error.code == engine::ErrorCode::Cancelled) return;
                raise(failure.error, failure.variant);
            });
}

ApplicationModel::~ApplicationModel() = default;

void ApplicationModel::begin(const app::OpenReport& report) {
    conversations_.reload();
    conversation_.composer()->loadDraft();
    if (report.set_aside) {
        app::Problem problem;
        problem.code = "database-damaged";
        problem.severity = app::Severity::Warning;
        problem.title = tr("The conversation store is damaged").toStdString();
        problem.text = tr("A copy was kept as %1. %2")
                           .arg(QFileInfo(QString::fromStdString(*report.set_aside)).fileName(),
                                QString::fromStdString(report.salvage.value_or(std::string())))
                           .toStdString();
        problems_.raise(problem);
    }
    if (services_.settings.set_aside()) {
        toasts_.say(tr("The settings could not be read and were put aside"),
                    QStringLiteral("warning"));
    }
}

void ApplicationModel::storeFailed(const app::Error& error) {
    raise(error);
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
    wanted_message_ = there ? QString() : message;
    open(id);
    if (!message.isEmpty()) {
        services_.store.choose_version(
            {id.toStdString(), message.toStdString()},
            app::Done<app::MessageId>(this, [this](app::Result<app::MessageId>) {}));
    }
    if (there) emit messageRequested(message);
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
                raise(removed.error());
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

void ApplicationModel::raise(const app::Error& error) {
    app::Problem problem;
    problem.code = std::string(app::error_code_name(error.code));
    problem.severity = app::Severity::Bad;
    const auto text = [&](const QString& title) { problem.title = title.toStdString(); };
    switch (error.code) {
        case app::ErrorCode::NoRoom:
            text(tr("There is no room to save"));
            problem.text =
                tr("Your question stays in the field, a running reply in memory. Free some "
                   "space, then try again.")
                    .toStdString();
            break;
        case app::ErrorCode::Locked:
            text(tr("Another program holds the conversation store"));
            problem.text = error.message;
            break;
        case app::ErrorCode::ReadOnly:
            text(tr("Nothing can be saved"));
            problem.text = error.message;
            break;
        default:
            text(tr("Something could not be done"));
            problem.text = error.message;
            break;
    }
    problem.details = app::describe(error);
    problem.actions = {{app::ActionKind::TryAgain, tr("Try again").toStdString()}};
    problems_.raise(problem);
}

void ApplicationModel::raise(const engine::Error& error, const app::VariantPlan& plan) {
    failed_plan_ = plan;
    app::ProblemFacts facts;
    facts.subject = plan.file.string();
    if (const app::ModelFile* model = services_.library.find(plan.file)) {
        facts.name = model->name;
        facts.folder = model->path.parent_path().string();
        facts.kind = model->architecture;
    }
    problems_.raise(app::make_problem(error, facts));
}

void ApplicationModel::act(const QString& action) {
    if (action == QLatin1String("TryAgain")) {
        problems_.dismiss();
        services_.store.retry({});
    } else if (action == QLatin1String("OtherModel")) {
        setPage(QStringLiteral("conversation"));
        emit switcherRequested();
    } else if (action == QLatin1String("Rescan")) {
        services_.library.rescan();
        problems_.dismiss();
    } else if (action == QLatin1String("RemoveFromList")) {
        services_.library.take_out(failed_plan_.file);
        problems_.dismiss();
    } else if (action == QLatin1String("LoadAgain")) {
        problems_.dismiss();
        services_.generation.load(failed_plan_);
    } else if (action == QLatin1String("UseCpu") || action == QLatin1String("LoadPartlyOnCpu")) {
        problems_.dismiss();
        failed_plan_.device = "cpu";
        services_.generation.load(failed_plan_);
    } else if (action == QLatin1String("NewConversation")) {
        problems_.dismiss();
        newConversation();
    } else if (action == QLatin1String("Export") || action == QLatin1String("SaveAs")) {
        emit exportRequested();
    } else if (action == QLatin1String("CheckAgain")) {
        device_.checkAgain();
        services_.library.rescan();
        problems_.dismiss();
    } else if (action == QLatin1String("Quit")) {
        quit();
    } else {
        // Context and layers are chosen in the switcher, with their price in sight.
        emit switcherRequested();
    }
}

void ApplicationModel::quit() {
    emit quitRequested();
}

}  // namespace deepwell::ui
