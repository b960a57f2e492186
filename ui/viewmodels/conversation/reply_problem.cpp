#include "ui/viewmodels/conversation/reply_problem.h"

#include <QtCore/QRegularExpression>

#include "app/problems/problem.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {
namespace {

constexpr double kNextTemperature = 0.7;

app::Problem loop_problem(const app::Message& message, const std::string& loop) {
    app::ProblemFacts facts;
    facts.subject = message.id;
    facts.in_reply = true;
    facts.next_temperature = kNextTemperature;
    static const QRegularExpression counts(QStringLiteral("(\\d+) tokens\\D+(\\d+) times"));
    const auto match = counts.match(QString::fromStdString(loop));
    if (match.hasMatch()) {
        facts.piece = match.captured(1).toInt();
        facts.times = match.captured(2).toInt();
    }
    return app::loop_guard_problem(facts);
}

engine::ErrorCode code_of(const std::string& name) {
    for (int code = 0; code <= static_cast<int>(engine::ErrorCode::Internal); ++code) {
        const auto candidate = static_cast<engine::ErrorCode>(code);
        if (engine::error_code_name(candidate) == name) return candidate;
    }
    return engine::ErrorCode::Internal;
}

// The words are those of the banner; what can be done from within the reply is less.
app::Problem failed_problem(const app::Message& message) {
    engine::Error error;
    if (message.error) {
        error.code = code_of(message.error->code);
        error.message = message.error->text;
    }
    app::ProblemFacts facts;
    facts.subject = message.id;
    facts.in_reply = true;
    app::Problem problem = app::make_problem(error, facts);
    problem.actions.clear();
    for (const auto kind : {app::ActionKind::TryAgain, app::ActionKind::OtherModel}) {
        problem.actions.push_back({kind, app::action_label(kind)});
    }
    return problem;
}

}  // namespace

QVariant reply_problem(const app::Message& message, const std::string& loop) {
    const auto reason = message.statistics ? message.statistics->stop_reason : std::nullopt;
    if (message.state == app::MessageState::Stopped && reason == app::StopReason::LoopGuard) {
        return problem_map(loop_problem(message, loop));
    }
    if (message.state == app::MessageState::Failed) return problem_map(failed_problem(message));
    return {};
}

}  // namespace deepwell::ui
