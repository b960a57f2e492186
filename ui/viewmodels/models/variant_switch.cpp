#include "ui/viewmodels/models/variant_switch.h"

#include <utility>

#include "ui/viewmodels/conversation/conversation_model.h"
#include "ui/viewmodels/models/variant_choice.h"
#include "ui/viewmodels/program/problem_model.h"

namespace deepwell::ui {
namespace {

constexpr char kReplyRunning[] = "reply-running";

}  // namespace

VariantSwitch::VariantSwitch(const Services& services, ConversationModel& conversation,
                             ProblemModel& problems, QObject* parent)
    : QObject(parent), services_(services), conversation_(conversation), problems_(problems) {
    using app::GenerationService;
    connect(&services_.generation, &GenerationService::modelChanged, this, [this] {
        const app::ModelState& model = services_.generation.model();
        if (former_ && model.state == app::ModelState::State::Loaded &&
            model.variant == former_->plan) {
            former_.reset();
        }
    });
    connect(&services_.generation, &GenerationService::loadFailed, this,
            [this](const app::LoadFailed& failure) {
                if (former_ && failure.variant == former_->plan) putBack();
            });
}

void VariantSwitch::request(const Choice& choice) {
    const app::ModelState& model = services_.generation.model();
    const bool other =
        model.state != app::ModelState::State::Loaded || !(model.variant == choice.plan);
    if (services_.generation.any_running() && other) {
        asked_ = choice;
        app::ProblemFacts facts;
        facts.subject = choice.plan.file.string();
        problems_.raise(app::reply_running_problem(facts), [this](const QString& action) {
            action == QLatin1String("StopAndSwitch") ? stopAndSwitch() : wait();
        });
        return;
    }
    apply(choice);
}

void VariantSwitch::wait() {
    problems_.clear(kReplyRunning);
    // The loading stands in the queue behind the reply.
    if (const auto choice = std::exchange(asked_, std::nullopt)) apply(*choice);
}

void VariantSwitch::stopAndSwitch() {
    problems_.clear(kReplyRunning);
    services_.generation.stop_all();
    if (const auto choice = std::exchange(asked_, std::nullopt)) apply(*choice);
}

app::Json VariantSwitch::plan_values(const app::VariantPlan& plan, const app::Settings& settings,
                                     bool with_context) {
    const app::VariantPlan usual;
    app::Json values = app::Json::object();
    if (with_context && plan.context > 0) values["context"] = plan.context;
    if (plan.cache != usual.cache) values["cache"] = app::cache_type_name(plan.cache);
    if (plan.card_layers != usual.card_layers) values["card_layers"] = plan.card_layers;
    if (plan.batch != usual.batch) values["batch"] = plan.batch;
    if (plan.device != settings.hardware.device) values["device"] = plan.device;
    return values;
}

void VariantSwitch::apply(const Choice& choice) {
    const app::ModelFile* model = services_.library.find(choice.plan.file);
    if (model == nullptr) return;
    const std::string file = model->path.filename().string();
    const bool starter = model->starter;
    const app::Settings& before = services_.settings.values();
    former_ = Former{conversation_.value().id, conversation_.value().settings,
                     before.models.standard, before.generation.per_model, choice.plan};
    const auto variant =
        model->variant_id.empty() ? std::nullopt : std::optional(model->variant_id);
    services_.settings.change([&](app::Settings& settings) {
        app::Json& own = settings.generation.per_model[file];
        if (!own.is_object()) own = app::Json::object();
        for (const char* key : {"cache", "card_layers", "batch", "device"}) own.erase(key);
        own.update(plan_values(choice.plan, settings, choice.as_default));
        if (own.empty()) settings.generation.per_model.erase(file);
        if (choice.as_default) {
            settings.models.standard = starter ? std::nullopt : std::optional(file);
        }
    });
    conversation_.chooseVariant(variant, choice.plan.context);
    const auto resolved =
        settings_of(conversation_.value(), services_.library, services_.settings.values());
    if (!resolved) return;
    former_->plan = resolved->variant;
    services_.generation.load(resolved->variant);
}

void VariantSwitch::putBack() {
    const Former former = *std::exchange(former_, std::nullopt);
    services_.settings.change([&](app::Settings& settings) {
        settings.models.standard = former.standard;
        settings.generation.per_model = former.per_model;
    });
    if (conversation_.value().id == former.conversation) {
        conversation_.setSettings(former.settings);
        emit conversation_.variantChanged();
    } else {
        services_.store.set_settings(former.conversation,
                                     former.settings.value_or(app::ConversationSettings{}), {});
    }
}

}  // namespace deepwell::ui
