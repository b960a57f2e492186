#include "ui/viewmodels/models/model_problems.h"

#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDesktopServices>
#include <QtGui/QGuiApplication>
#include <algorithm>
#include <utility>

#include "ui/viewmodels/models/variant_switch.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {
namespace {

using engine::ErrorCode;
using Kind = app::LadderStep::Kind;

bool of_memory(const engine::Error& error) {
    return error.code == ErrorCode::OutOfMemory || error.code == ErrorCode::OutOfDeviceMemory;
}

// Those that a banner can help with; others stand in the reply alone.
bool wants_banner(const engine::Error& error) {
    return of_memory(error) || error.code == ErrorCode::DeviceLost ||
           error.code == ErrorCode::ContextFull;
}

std::optional<app::ActionKind> action_of(Kind kind) {
    switch (kind) {
        case Kind::ShorterContext:
            return app::ActionKind::LowerContext;
        case Kind::SmallerCache:
            return app::ActionKind::SmallerCache;
        case Kind::FewerCardLayers:
            return app::ActionKind::MoveLayersToCpu;
        case Kind::UseCpu:
            return app::ActionKind::UseCpu;
        case Kind::SmallerBatch:
        case Kind::OtherModel:
            break;
    }
    return std::nullopt;
}

std::optional<Kind> kind_of(const QString& action) {
    if (action == QLatin1String("LoadShorterContext")) return Kind::ShorterContext;
    if (action == QLatin1String("LoadPartlyOnCpu")) return Kind::FewerCardLayers;
    for (const Kind kind :
         {Kind::ShorterContext, Kind::SmallerCache, Kind::FewerCardLayers, Kind::UseCpu}) {
        if (action == action_name(*action_of(kind))) return kind;
    }
    return std::nullopt;
}

QVariantList step_rows(const std::vector<app::LadderStep>& steps) {
    QVariantList rows;
    for (const app::LadderStep& step : steps) {
        if (step.kind == Kind::OtherModel) continue;
        rows << QVariantMap{{"done", false},
                            {"text", QString::fromStdString(step.text + ". " + step.price)}};
    }
    return rows;
}

}  // namespace

ModelProblems::ModelProblems(const Services& services, ProblemModel& problems,
                             VariantSwitch& switcher, QObject* parent)
    : QObject(parent), services_(services), problems_(problems), switch_(switcher) {
    using app::GenerationService;
    pool_.setMaxThreadCount(1);
    connect(&services_.generation, &GenerationService::loadFailed, this,
            &ModelProblems::loadFailed);
    connect(&services_.generation, &GenerationService::replyEnded, this,
            [this](const std::string& conversation) { replyEnded(conversation); });
    connect(&services_.generation, &GenerationService::modelChanged, this, &ModelProblems::goOn);
}

ModelProblems::~ModelProblems() {
    pool_.waitForDone();
}

app::ProblemFacts ModelProblems::factsOf(const Case& failure) const {
    app::ProblemFacts facts;
    facts.subject = failure.reply ? failure.reply->message : failure.plan.file.string();
    facts.in_reply = failure.reply.has_value();
    facts.folder = failure.plan.file.parent_path().string();
    if (const app::ModelFile* model = services_.library.find(failure.plan.file)) {
        facts.name = model->name;
        if (failure.error.code == ErrorCode::UnsupportedArchitecture) {
            facts.kind = model->architecture;
        }
    }
    return facts;
}

void ModelProblems::loadFailed(const app::LoadFailed& failure) {
    waiting_.reset();
    if (failure.error.code == ErrorCode::Cancelled) return;
    const Case here{failure.error, failure.variant, std::nullopt, {}};
    if (of_memory(failure.error)) {
        climb(here);
        return;
    }
    raise(here, factsOf(here));
    if (failure.error.code == ErrorCode::DeviceUnavailable && failure.variant.device != "cpu") {
        app::VariantPlan cpu = failure.variant;
        cpu.device = "cpu";
        take(cpu, here);
    }
}

void ModelProblems::replyEnded(const app::ConversationId& conversation) {
    const app::LiveReply* live = services_.generation.live(conversation);
    if (live == nullptr || !live->error || !wants_banner(*live->error)) return;
    // Without a token it failed while it was loaded: loadFailed has told that.
    const bool began = live->prompt_tokens > 0;
    if (of_memory(*live->error) && !began) return;
    const Case here{*live->error, services_.generation.model().variant, live->ref, {}};
    if (of_memory(here.error) && !here.plan.empty()) {
        climb(here);
    } else {
        raise(here, factsOf(here));
    }
}

// The steps that fit are sought in the background: each is laid out as loading would do it.
void ModelProblems::climb(const Case& failure) {
    int trained = 0;
    int layers = 0;
    if (const app::ModelFile* model = services_.library.find(failure.plan.file)) {
        trained = model->context_trained;
        layers = model->layers;
    }
    // What is loaded now would go first.
    const app::ModelState& loaded = services_.generation.model();
    pool_.start([this, failure = Case(failure), facts = factsOf(failure), trained, layers,
                 back = loaded.main_bytes, card_back = loaded.card_bytes]() mutable {
        app::FreeMemory free = app::free_memory();
        free.main += back;
        free.card += card_back;
        failure.steps = app::memory_ladder(failure.plan, trained, layers, free, &app::memory_need);
        if (const auto need = app::memory_need(failure.plan)) {
            const bool card = failure.error.code == ErrorCode::OutOfDeviceMemory;
            facts.needed = card ? need->card() : need->main();
            facts.free = card ? free.card : free.main;
        }
        for (const app::LadderStep& step : failure.steps) {
            if (step.kind == Kind::ShorterContext) facts.context_that_fits = step.plan.context;
        }
        QMetaObject::invokeMethod(
            this,
            [this, failure = std::move(failure), facts] {
                const auto own = std::find_if(failure.steps.begin(), failure.steps.end(),
                                              [](const auto& step) { return !step.asks; });
                if (own != failure.steps.end()) {
                    take(own->plan, failure);
                } else {
                    raise(failure, facts);
                }
            },
            Qt::QueuedConnection);
    });
}

void ModelProblems::raise(const Case& failure, app::ProblemFacts facts) {
    app::Problem problem = app::make_problem(failure.error, facts);
    if (of_memory(failure.error)) {
        // What is offered is what fits. Loading with less context names the context.
        std::vector<app::Action> actions;
        for (const app::LadderStep& step : failure.steps) {
            const auto action = action_of(step.kind);
            if (!action) continue;
            const bool named = *action == app::ActionKind::LowerContext &&
                               !problem.actions.empty() &&
                               problem.actions.front().kind == app::ActionKind::LoadShorterContext;
            actions.push_back(named ? problem.actions.front()
                                    : app::Action{*action, app::action_label(*action)});
        }
        actions.push_back(
            {app::ActionKind::OtherModel, app::action_label(app::ActionKind::OtherModel)});
        problem.actions = std::move(actions);
    }
    problems_.raise(
        problem, [this, failure, problem](const QString& action) { act(action, failure, problem); },
        step_rows(failure.steps));
}

void ModelProblems::act(const QString& action, const Case& failure, const app::Problem& problem) {
    const auto done = [&] { problems_.clear(problem.code, problem.subject); };
    if (const auto kind = kind_of(action)) {
        const auto step = std::find_if(failure.steps.begin(), failure.steps.end(),
                                       [&](const auto& each) { return each.kind == *kind; });
        done();
        if (step != failure.steps.end()) {
            take(step->plan, failure);
        } else if (*kind == Kind::UseCpu) {
            app::VariantPlan cpu = failure.plan;
            cpu.device = "cpu";
            take(cpu, failure);
        } else {
            emit otherModelWanted();
        }
    } else if (action == QLatin1String("TryAgain") || action == QLatin1String("LoadAgain")) {
        done();
        take(failure.plan, failure);
    } else if (action == QLatin1String("CheckAgain")) {
        done();
        emit devicesWanted();
        take(failure.plan, failure);
    } else if (action == QLatin1String("OtherModel") || action == QLatin1String("RaiseContext")) {
        emit otherModelWanted();
    } else if (action == QLatin1String("LeaveOut")) {
        done();
        services_.generation.try_again(*failure.reply, false, {}, app::Overflow::DropOldest);
    } else if (action == QLatin1String("NewConversation")) {
        done();
        emit newConversationWanted();
    } else if (action == QLatin1String("Rescan")) {
        done();
        services_.library.rescan();
    } else if (action == QLatin1String("RemoveFromList")) {
        done();
        services_.library.take_out(failure.plan.file);
    } else if (action == QLatin1String("ShowFile") || action == QLatin1String("ShowFolder")) {
        const auto folder = failure.plan.file.parent_path().string();
        QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(folder)));
    } else if (action == QLatin1String("ChooseFile")) {
        emit fileWanted();
    } else if (action == QLatin1String("Details")) {
        QGuiApplication::clipboard()->setText(QString::fromStdString(problem.details));
        emit detailsCopied();
    }
}

// Loads in this way; a reply that was cut off goes on then.
void ModelProblems::take(const app::VariantPlan& plan, const Case& failure) {
    switch_.request({plan, false});
    waiting_ = failure.reply;
}

void ModelProblems::goOn() {
    if (!waiting_ || services_.generation.model().state != app::ModelState::State::Loaded) return;
    services_.generation.continue_reply(*std::exchange(waiting_, std::nullopt));
}

}  // namespace deepwell::ui
