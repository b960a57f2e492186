#include "ui/viewmodels/program/store_problems.h"

#include <QtCore/QDate>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <utility>
#include <vector>

#include "app/problems/storage_problem.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {
namespace {

constexpr const char* kUpkeep = "upkeep";

// "24 November", as the day of a copy is read.
QString day_text(const app::StoreCopy& copy) {
    const QDate day = QDate::fromString(QString::fromStdString(copy.day), Qt::ISODate);
    return StoreProblems::tr("the copy of %1")
        .arg(day.isValid() ? QLocale(QLocale::English).toString(day, QStringLiteral("d MMMM"))
                           : QString::fromStdString(copy.day));
}

QString restored_text(const app::ImportCounts& counts, const app::StoreCopy& copy) {
    const int back = counts.brought + counts.updated;
    return back == 0   ? StoreProblems::tr("Nothing was missing that %1 has").arg(day_text(copy))
           : back == 1 ? StoreProblems::tr("Brought 1 conversation back")
                       : StoreProblems::tr("Brought %1 conversations back").arg(back);
}

}  // namespace

StoreProblems::StoreProblems(const Services& services, ProblemModel& problems, QObject* parent)
    : QObject(parent), services_(services), problems_(problems) {
    connect(&services_.store, &app::Store::problem, this, &StoreProblems::raise);
    connect(&services_.store, &app::Store::problemCleared, this, &StoreProblems::clear);
    connect(&services_.generation, &app::GenerationService::sent, this, &StoreProblems::clear);
    connect(&services_.upkeep, &app::Upkeep::failed, this, &StoreProblems::upkeepFailed);
    connect(&services_.upkeep, &app::Upkeep::turned, this, &StoreProblems::upkeepTurned);
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
    if (error.code == app::ErrorCode::Damaged && open_) {
        // What was saved from it is in use already: a success elsewhere says nothing about it.
        code_.clear();
        tellDamage(problem, error.context.empty() ? file : error.context);
        return;
    }
    problems_.raise(problem, [this, file](const QString& action) { act(action, file); });
}

void StoreProblems::tellSalvage(const std::string& set_aside, const std::string& salvage) {
    app::Problem problem;
    problem.code = app::error_code_name(app::ErrorCode::Damaged);
    problem.severity = app::Severity::Warning;
    problem.title = tr("The conversation store is damaged").toStdString();
    problem.text = tr("A copy was kept as %1. %2")
                       .arg(QFileInfo(QString::fromStdString(set_aside)).fileName(),
                            QString::fromStdString(salvage))
                       .toStdString();
    problem.actions = {{app::ActionKind::Continue, tr("Continue").toStdString()},
                       {app::ActionKind::ShowCopy, tr("Show copy").toStdString()}};
    tellDamage(problem, set_aside);
}

void StoreProblems::tellDamage(app::Problem problem, const std::string& set_aside) {
    problem.subject = set_aside;
    problems_.raise(problem, [this, set_aside](const QString& action) { act(action, set_aside); });
    services_.upkeep.list(app::Done<std::vector<app::StoreCopy>>(
        this, [this, problem, set_aside](app::Result<std::vector<app::StoreCopy>> copies) mutable {
            if (!copies || copies->empty()) return;
            const app::StoreCopy& newest = copies->front();
            problem.actions.insert(problem.actions.begin(),
                                   {app::ActionKind::Restore,
                                    tr("Bring back from %1").arg(day_text(newest)).toStdString()});
            problems_.raise(problem, [this, problem, set_aside, newest](const QString& action) {
                if (action == QLatin1String("Restore")) {
                    problems_.clear(problem.code, problem.subject);
                    restore(newest);
                } else {
                    act(action, set_aside);
                }
            });
        }));
}

void StoreProblems::restore(const app::StoreCopy& copy) {
    emit said(tr("Bringing back what is missing…"), QStringLiteral("retry"));
    const auto done = [this, copy](const app::Result<app::ImportCounts>& counts) {
        if (counts && counts->failed == 0) {
            emit said(restored_text(*counts, copy), QStringLiteral("check"));
            return;
        }
        app::Problem problem;
        problem.code = "copy-not-brought-back";
        problem.subject = copy.file.string();
        problem.severity = app::Severity::Warning;
        problem.title = tr("Not everything could be brought back").toStdString();
        problem.text = counts ? counts->failures.empty()
                                    ? restored_text(*counts, copy).toStdString()
                                    : counts->failures.front()
                              : counts.error().message;
        problem.actions = {{app::ActionKind::TryAgain, tr("Try again").toStdString()},
                           {app::ActionKind::ShowCopy, tr("Show copy").toStdString()}};
        problems_.raise(problem, [this, problem, copy](const QString& action) {
            if (action != QLatin1String("TryAgain")) {
                act(action, problem.subject);
                return;
            }
            problems_.clear(problem.code, problem.subject);
            restore(copy);
        });
    };
    services_.upkeep.restore(copy.file, app::Done<app::ImportCounts>(this, done));
}

// Nothing is lost by it, and it is tried again by itself; but whoever relies on the copies knows.
void StoreProblems::upkeepFailed(const app::Error& error) {
    upkeep_failed_ = true;
    app::Problem problem;
    problem.code = kUpkeep;
    problem.severity = app::Severity::Warning;
    problem.details = app::describe(error);
    problem.title = tr("The conversations could not be looked after").toStdString();
    const QString folder = QString::fromStdString(services_.store.profile().folder.string());
    problem.text =
        (error.code == app::ErrorCode::NoRoom
             ? tr("There is no room for the copy of the day. Free some space, then try again.")
         : error.code == app::ErrorCode::ReadOnly
             ? tr("No copy of the day could be made. Allow writing in %1, then try again.")
                   .arg(folder)
             : tr("%1 No copy of the day may have been made; it is tried again in a while.")
                   .arg(QString::fromStdString(error.message)))
            .toStdString();
    problem.actions = {{app::ActionKind::TryAgain, tr("Try again").toStdString()}};
    problems_.raise(problem, [this](const QString& action) {
        if (action == QLatin1String("TryAgain")) services_.upkeep.try_again();
    });
}

void StoreProblems::upkeepTurned() {
    if (!std::exchange(upkeep_failed_, false)) problems_.clear(kUpkeep);
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
