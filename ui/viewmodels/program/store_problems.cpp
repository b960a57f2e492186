#include "ui/viewmodels/program/store_problems.h"

#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <utility>

#include "app/problems/storage_problem.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {

StoreProblems::StoreProblems(const Services& services, ProblemModel& problems, QObject* parent)
    : QObject(parent), services_(services), problems_(problems) {
    connect(&services_.store, &app::Store::problem, this, &StoreProblems::raise);
    connect(&services_.store, &app::Store::problemCleared, this, &StoreProblems::clear);
    connect(&services_.generation, &app::GenerationService::sent, this, &StoreProblems::clear);
}

void StoreProblems::opened(bool open) {
    open_ = open;
    if (open_) clear();
}

void StoreProblems::clear() {
    if (code_.empty()) return;
    problems_.clear(std::exchange(code_, {}));
}

void StoreProblems::raise(const app::Error& error) {
    const std::string file = services_.store.profile().database().string();
    const bool of_disk = error.code != app::ErrorCode::InvalidArgument &&
                         error.code != app::ErrorCode::NotFound &&
                         error.code != app::ErrorCode::Internal;
    app::Problem problem = app::make_problem(error, app::StorageWork::Saving, file);
    if (!of_disk) {
        problem.title = tr("That did not work").toStdString();
        problem.text = error.message;
        problem.actions.clear();
    } else {
        // Another cause takes the place of the former one.
        if (!code_.empty() && code_ != problem.code) problems_.clear(code_);
        code_ = problem.code;
    }
    problems_.raise(problem, [this, file](const QString& action) { act(action, file); });
}

void StoreProblems::tellSalvage(const std::string& set_aside, const std::string& salvage) {
    app::Problem problem;
    problem.code = "database-salvaged";
    problem.subject = set_aside;
    problem.severity = app::Severity::Warning;
    problem.title = tr("The conversation store is damaged").toStdString();
    problem.text = tr("A copy was kept as %1. %2")
                       .arg(QFileInfo(QString::fromStdString(set_aside)).fileName(),
                            QString::fromStdString(salvage))
                       .toStdString();
    problem.actions = {{app::ActionKind::Continue, tr("Continue").toStdString()},
                       {app::ActionKind::ShowCopy, tr("Show copy").toStdString()}};
    problems_.raise(problem, [this, set_aside](const QString& action) { act(action, set_aside); });
}

void StoreProblems::act(const QString& action, const std::string& file) {
    if (action == QLatin1String("TryAgain")) {
        if (!open_) {
            emit reopenRequested();
            return;
        }
        services_.store.retry(
            app::Done<app::Nothing>(this, [this](const app::Result<app::Nothing>& done) {
                done ? clear() : raise(done.error());
            }));
    } else if (action == QLatin1String("Continue")) {
        problems_.dismiss();
    } else if (action == QLatin1String("ShowCopy")) {
        const QFileInfo info(QString::fromStdString(file));
        QDesktopServices::openUrl(QUrl::fromLocalFile(info.absolutePath()));
    } else if (action == QLatin1String("Export")) {
        emit exportRequested();
    } else if (action == QLatin1String("Quit")) {
        emit quitRequested();
    }
}

}  // namespace deepwell::ui
