#include "ui/viewmodels/models/generation_settings_model.h"

#include <algorithm>
#include <array>

namespace deepwell::ui {
namespace {

constexpr std::array kBudgets{0, 1024, 4096, 16384, 0};  // by effort

}  // namespace

GenerationSettingsModel::GenerationSettingsModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    connect(&services_.settings, &app::SettingsFile::changed, this,
            &GenerationSettingsModel::changed);
    connect(&services_.library, &app::LibraryService::changed, this,
            &GenerationSettingsModel::changed);
}

QStringList GenerationSettingsModel::models() const {
    QStringList names{tr("All models")};
    for (const app::ModelFile& model : services_.library.models()) {
        names << QString::fromStdString(
            model.quantization.empty() ? model.name : model.name + ", " + model.quantization);
    }
    return names;
}

int GenerationSettingsModel::appliesTo() const {
    if (model_.empty()) return 0;
    const auto& models = services_.library.models();
    const auto found = std::find_if(models.begin(), models.end(), [&](const app::ModelFile& model) {
        return model.path.filename() == model_;
    });
    return found == models.end() ? 0 : static_cast<int>(found - models.begin()) + 1;
}

void GenerationSettingsModel::setAppliesTo(int index) {
    const auto& models = services_.library.models();
    if (index < 0 || index > static_cast<int>(models.size())) return;
    model_ = index == 0 ? std::string()
                        : models[static_cast<std::size_t>(index - 1)].path.filename().string();
    emit changed();
}

app::Json GenerationSettingsModel::value(const char* key) const {
    const auto& generation = values().generation;
    if (const auto own = generation.per_model.find(model_); own != generation.per_model.end()) {
        const auto found = own->second.find(key);
        if (found != own->second.end()) return *found;
    }
    const std::string_view name = key;
    if (name == "sampler") return generation.sampler;
    if (name == "thinking") return generation.thinking;
    return generation.system_prompt ? app::Json(*generation.system_prompt) : app::Json();
}

void GenerationSettingsModel::setValue(const char* key, const app::Json& value) {
    services_.settings.change([&](app::Settings& settings) {
        auto& generation = settings.generation;
        const std::string_view name = key;
        if (!model_.empty()) {
            app::Json& own = generation.per_model[model_];
            if (!own.is_object()) own = app::Json::object();
            if (value.is_null()) {
                own.erase(key);
            } else {
                own[key] = value;
            }
            if (own.empty()) generation.per_model.erase(model_);
        } else if (name == "sampler") {
            generation.sampler = value.is_null() ? app::Json::object() : value;
        } else if (name == "thinking") {
            generation.thinking = value.is_null() ? app::Json::object() : value;
        } else {
            generation.system_prompt =
                value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
        }
    });
}

std::optional<app::ThinkingValues> GenerationSettingsModel::thinking() const {
    return app::thinking_from_json(value("thinking"));
}

int GenerationSettingsModel::effort() const {
    const auto now = thinking();
    return static_cast<int>(now ? now->effort : app::Effort::Unlimited);
}

void GenerationSettingsModel::setEffort(int effort) {
    if (effort < 0 || effort > 4) return;
    app::ThinkingValues values;
    values.effort = static_cast<app::Effort>(effort);
    setValue("thinking", app::to_json(values));
}

int GenerationSettingsModel::budget() const {
    const auto now = thinking();
    if (now && now->budget_tokens) return static_cast<int>(*now->budget_tokens);
    return kBudgets[static_cast<std::size_t>(effort())];
}

void GenerationSettingsModel::setBudget(int tokens) {
    // The effort whose budget is nearest names it.
    app::ThinkingValues values;
    values.effort = tokens <= 0      ? app::Effort::Off
                    : tokens <= 2048 ? app::Effort::Short
                    : tokens <= 8192 ? app::Effort::Medium
                                     : app::Effort::Long;
    if (tokens > 0) values.budget_tokens = tokens;
    setValue("thinking", app::to_json(values));
}

app::SamplerValues GenerationSettingsModel::sampler() const {
    return app::sampler_from_json(value("sampler"));
}

void GenerationSettingsModel::changeSampler(
    const std::function<void(app::SamplerValues&)>& change) {
    app::SamplerValues now = sampler();
    change(now);
    setValue("sampler", app::to_json(now));
}

void GenerationSettingsModel::setTemperature(double value) {
    changeSampler([&](app::SamplerValues& s) { s.temperature = std::clamp(value, 0.0, 2.0); });
}

void GenerationSettingsModel::setTopP(double value) {
    changeSampler([&](app::SamplerValues& s) { s.top_p = std::clamp(value, 0.0, 1.0); });
}

void GenerationSettingsModel::setTopK(int value) {
    changeSampler([&](app::SamplerValues& s) { s.top_k = std::max(0, value); });
}

void GenerationSettingsModel::setMinP(double value) {
    changeSampler([&](app::SamplerValues& s) { s.min_p = std::clamp(value, 0.0, 1.0); });
}

void GenerationSettingsModel::setRepeatPenalty(double value) {
    changeSampler([&](app::SamplerValues& s) { s.repeat_penalty = std::clamp(value, 0.5, 2.0); });
}

QString GenerationSettingsModel::otherSamplers() const {
    QStringList on;
    if (topK() > 0) on << tr("Top K %1").arg(topK());
    if (minP() > 0) on << tr("Min P %1").arg(minP());
    if (repeatPenalty() != 1) on << tr("repetition penalty %1").arg(repeatPenalty());
    return on.isEmpty() ? tr("Top K, Min P, repetition penalty: off")
                        : on.join(QStringLiteral(", "));
}

QString GenerationSettingsModel::seed() const {
    const app::Json extra = sampler().extra;
    const auto found = extra.find("seed");
    if (found == extra.end() || !found->is_number_integer()) return {};
    return QString::number(found->get<std::uint64_t>());
}

void GenerationSettingsModel::setSeed(const QString& text) {
    bool whole = false;
    const qulonglong number = text.trimmed().toULongLong(&whole);
    changeSampler([&](app::SamplerValues& s) {
        if (whole) {
            s.extra["seed"] = std::uint64_t(number);
        } else {
            s.extra.erase("seed");
        }
    });
    // What could not be read turns back.
    if (!whole) emit changed();
}

bool GenerationSettingsModel::samplingChanged() const {
    const auto& generation = values().generation;
    if (model_.empty()) return !generation.sampler.empty();
    const auto own = generation.per_model.find(model_);
    return own != generation.per_model.end() && own->second.contains("sampler");
}

void GenerationSettingsModel::resetSampling() {
    setValue("sampler", app::Json());
}

QString GenerationSettingsModel::systemPrompt() const {
    const app::Json text = value("system_prompt");
    return text.is_string() ? QString::fromStdString(text.get<std::string>()) : QString();
}

void GenerationSettingsModel::setSystemPrompt(const QString& text) {
    if (text == systemPrompt()) return;
    setValue("system_prompt",
             text.trimmed().isEmpty() ? app::Json() : app::Json(text.toStdString()));
}

bool GenerationSettingsModel::foldThought() const {
    return values().generation.thought_view != app::ThoughtView::Open;
}

bool GenerationSettingsModel::showThought() const {
    return values().generation.thought_view != app::ThoughtView::Folded;
}

void GenerationSettingsModel::setView(bool fold, bool show) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.thought_view = !show  ? app::ThoughtView::Folded
                                    : fold ? app::ThoughtView::Follow
                                           : app::ThoughtView::Open;
    });
}

void GenerationSettingsModel::setFoldThought(bool on) {
    setView(on, on ? showThought() : true);
}

void GenerationSettingsModel::setShowThought(bool on) {
    setView(foldThought(), on);
}

bool GenerationSettingsModel::loopGuard() const {
    return values().generation.loop_guard != app::LoopGuardChoice::Off;
}

bool GenerationSettingsModel::closeLoops() const {
    return values().generation.loop_guard == app::LoopGuardChoice::CloseThought;
}

void GenerationSettingsModel::setLoopGuard(bool on) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.loop_guard = on ? app::LoopGuardChoice::End : app::LoopGuardChoice::Off;
    });
}

void GenerationSettingsModel::setCloseLoops(bool on) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.loop_guard =
            on ? app::LoopGuardChoice::CloseThought : app::LoopGuardChoice::End;
    });
}

}  // namespace deepwell::ui
