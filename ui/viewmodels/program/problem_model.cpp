#include "ui/viewmodels/program/problem_model.h"

#include <algorithm>
#include <array>

namespace deepwell::ui {
namespace {

struct ActionRow {
    app::ActionKind kind;
    const char* name;
};

constexpr std::array kActions{
    ActionRow{app::ActionKind::LoadShorterContext, "LoadShorterContext"},
    ActionRow{app::ActionKind::LoadPartlyOnCpu, "LoadPartlyOnCpu"},
    ActionRow{app::ActionKind::MoveLayersToCpu, "MoveLayersToCpu"},
    ActionRow{app::ActionKind::LowerContext, "LowerContext"},
    ActionRow{app::ActionKind::SmallerCache, "SmallerCache"},
    ActionRow{app::ActionKind::RaiseContext, "RaiseContext"},
    ActionRow{app::ActionKind::LeaveOut, "LeaveOut"},
    ActionRow{app::ActionKind::SendTheEndOnly, "SendTheEndOnly"},
    ActionRow{app::ActionKind::NewConversation, "NewConversation"},
    ActionRow{app::ActionKind::OtherModel, "OtherModel"},
    ActionRow{app::ActionKind::ChooseFile, "ChooseFile"},
    ActionRow{app::ActionKind::Rescan, "Rescan"},
    ActionRow{app::ActionKind::ShowFile, "ShowFile"},
    ActionRow{app::ActionKind::ShowFolder, "ShowFolder"},
    ActionRow{app::ActionKind::RemoveFromList, "RemoveFromList"},
    ActionRow{app::ActionKind::CheckAgain, "CheckAgain"},
    ActionRow{app::ActionKind::Details, "Details"},
    ActionRow{app::ActionKind::LoadAgain, "LoadAgain"},
    ActionRow{app::ActionKind::UseCpu, "UseCpu"},
    ActionRow{app::ActionKind::Continue, "Continue"},
    ActionRow{app::ActionKind::TryAgain, "TryAgain"},
    ActionRow{app::ActionKind::AnswerFromHere, "AnswerFromHere"},
    ActionRow{app::ActionKind::KeepGoing, "KeepGoing"},
    ActionRow{app::ActionKind::Export, "Export"},
    ActionRow{app::ActionKind::SaveAs, "SaveAs"},
    ActionRow{app::ActionKind::Quit, "Quit"},
    ActionRow{app::ActionKind::ShowCopy, "ShowCopy"},
    ActionRow{app::ActionKind::Restore, "Restore"},
    ActionRow{app::ActionKind::Wait, "Wait"},
    ActionRow{app::ActionKind::StopAndSwitch, "StopAndSwitch"},
};

// Only where a picture says more: what is looked at or done once more.
QString action_icon(app::ActionKind kind) {
    switch (kind) {
        case app::ActionKind::Rescan:
        case app::ActionKind::CheckAgain:
        case app::ActionKind::LoadAgain:
            return QStringLiteral("retry");
        case app::ActionKind::Continue:
            return QStringLiteral("play");
        default:
            return {};
    }
}

QString icon_of(const app::Problem& problem) {
    const std::string& code = problem.code;
    if (code.find("memory") != std::string::npos) return QStringLiteral("warning");
    if (code.find("file") != std::string::npos) return QStringLiteral("file-broken");
    if (code.find("card") != std::string::npos || code.find("device") != std::string::npos ||
        code.find("driver") != std::string::npos) {
        return QStringLiteral("chip");
    }
    if (code.find("loop") != std::string::npos) return QStringLiteral("retry");
    if (problem.severity == app::Severity::Bad) return QStringLiteral("error");
    return problem.severity == app::Severity::Warning ? QStringLiteral("warning")
                                                      : QStringLiteral("info");
}

}  // namespace

QString action_name(app::ActionKind kind) {
    for (const ActionRow& row : kActions) {
        if (row.kind == kind) return QString::fromLatin1(row.name);
    }
    return {};
}

QVariantMap problem_map(const app::Problem& problem) {
    QVariantList actions;
    for (const app::Action& action : problem.actions) {
        actions << QVariantMap{{"kind", action_name(action.kind)},
                               {"icon", action_icon(action.kind)},
                               {"text", QString::fromStdString(action.text)}};
    }
    return {{"severity", problem.severity == app::Severity::Bad       ? "bad"
                         : problem.severity == app::Severity::Warning ? "warn"
                                                                      : "info"},
            {"icon", icon_of(problem)},
            {"title", QString::fromStdString(problem.title)},
            {"text", QString::fromStdString(problem.text)},
            {"steps", QVariantList{}},
            {"actions", actions}};
}

QVariantMap ProblemModel::map() const {
    return shown_.empty() ? QVariantMap{} : problem_map(shown_.front().problem);
}

void ProblemModel::raise(const app::Problem& problem, Act act, const QVariantList& steps) {
    const auto same = [&](const app::Problem& other) {
        return other.code == problem.code && other.subject == problem.subject;
    };
    const bool closed = std::any_of(closed_.begin(), closed_.end(), [&](const app::Problem& other) {
        return same(other) && other.title == problem.title && other.text == problem.text;
    });
    if (closed) return;
    std::erase_if(shown_, [&](const Shown& old) { return same(old.problem); });
    shown_.push_back({problem, std::move(act), steps, ++count_});
    std::stable_sort(shown_.begin(), shown_.end(), [](const Shown& a, const Shown& b) {
        if (a.problem.severity != b.problem.severity)
            return a.problem.severity > b.problem.severity;
        return a.number > b.number;
    });
    emit changed();
}

void ProblemModel::clear(const std::string& code, const std::string& subject) {
    const auto meant = [&](const app::Problem& problem) {
        return problem.code == code && (subject.empty() || problem.subject == subject);
    };
    std::erase_if(closed_, meant);
    const auto gone = std::erase_if(shown_, [&](const Shown& old) { return meant(old.problem); });
    if (gone > 0) emit changed();
}

void ProblemModel::act(const QString& action) {
    if (shown_.empty()) return;
    // The handler may well take the problem away.
    if (const Act act = shown_.front().act) act(action);
}

void ProblemModel::dismiss() {
    if (shown_.empty()) return;
    closed_.push_back(shown_.front().problem);
    shown_.erase(shown_.begin());
    emit changed();
}

}  // namespace deepwell::ui
