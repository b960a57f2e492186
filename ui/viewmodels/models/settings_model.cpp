#include "ui/viewmodels/models/settings_model.h"

#include <algorithm>
#include <array>

namespace deepwell::ui {
namespace {

constexpr std::array kBudgets{0, 1024, 4096, 16384, 0};  // by effort

}  // namespace

SettingsModel::SettingsModel(const Services& services, QObject* parent)
    : QObject(parent), services_(services) {
    connect(&services_.settings, &app::SettingsFile::changed, this, &SettingsModel::changed);
}

void SettingsModel::setSystemDark(bool dark) {
    system_dark_ = dark;
    emit changed();
}

void SettingsModel::overrideAppearance(std::optional<bool> dark, std::optional<int> text_size,
                                       bool still) {
    still_ = still;
    dark_ = dark;
    text_size_ = text_size;
    emit changed();
}

void SettingsModel::setTheme(int theme) {
    if (theme < 0 || theme > 2) return;
    services_.settings.change(
        [&](app::Settings& s) { s.appearance.theme = static_cast<app::Theme>(theme); });
}

bool SettingsModel::dark() const {
    if (dark_) return *dark_;
    switch (values().appearance.theme) {
        case app::Theme::Light:
            return false;
        case app::Theme::Dark:
            return true;
        case app::Theme::System:
            break;
    }
    return system_dark_;
}

void SettingsModel::toggleTheme() {
    setTheme(dark() ? 1 : 2);
}

void SettingsModel::setTextSize(int percent) {
    services_.settings.change(
        [&](app::Settings& s) { s.appearance.text_size = std::clamp(percent, 80, 200); });
}

void SettingsModel::stepTextSize(int steps) {
    setTextSize(steps == 0 ? 100 : textSize() + 10 * steps);
}

void SettingsModel::setReadingWidth(int width) {
    if (width < 0 || width > static_cast<int>(app::ReadingWidth::Wide)) return;
    services_.settings.change([&](app::Settings& s) {
        s.appearance.reading_width = static_cast<app::ReadingWidth>(width);
    });
}

QString SettingsModel::readingWidthName() const {
    switch (values().appearance.reading_width) {
        case app::ReadingWidth::Narrow:
            return QStringLiteral("narrow");
        case app::ReadingWidth::Wide:
            return QStringLiteral("wide");
        default:
            return QStringLiteral("comfortable");
    }
}

void SettingsModel::setMotion(int motion) {
    if (motion < 0 || motion > 2) return;
    services_.settings.change(
        [&](app::Settings& s) { s.appearance.motion = static_cast<app::Motion>(motion); });
}

void SettingsModel::setEnterSends(bool on) {
    services_.settings.change([&](app::Settings& s) {
        s.composer.send_key = on ? app::SendKey::Enter : app::SendKey::CtrlEnter;
    });
}

int SettingsModel::effort() const {
    const auto thinking = app::thinking_from_json(values().generation.thinking);
    return static_cast<int>(thinking ? thinking->effort : app::Effort::Medium);
}

void SettingsModel::setEffort(int effort) {
    if (effort < 0 || effort > 4) return;
    app::ThinkingValues thinking;
    thinking.effort = static_cast<app::Effort>(effort);
    services_.settings.change(
        [&](app::Settings& s) { s.generation.thinking = app::to_json(thinking); });
}

int SettingsModel::budget() const {
    const auto thinking = app::thinking_from_json(values().generation.thinking);
    if (thinking && thinking->budget_tokens) return static_cast<int>(*thinking->budget_tokens);
    return kBudgets[static_cast<std::size_t>(effort())];
}

void SettingsModel::setBudget(int tokens) {
    // The effort whose budget is nearest names it.
    app::ThinkingValues thinking;
    thinking.effort = tokens <= 0      ? app::Effort::Off
                      : tokens <= 2048 ? app::Effort::Short
                      : tokens <= 8192 ? app::Effort::Medium
                                       : app::Effort::Long;
    if (tokens > 0) thinking.budget_tokens = tokens;
    services_.settings.change(
        [&](app::Settings& s) { s.generation.thinking = app::to_json(thinking); });
}

bool SettingsModel::foldThought() const {
    return values().generation.thought_view != app::ThoughtView::Open;
}

bool SettingsModel::showThought() const {
    return values().generation.thought_view != app::ThoughtView::Folded;
}

void SettingsModel::setView(bool fold, bool show) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.thought_view = !show  ? app::ThoughtView::Folded
                                    : fold ? app::ThoughtView::Follow
                                           : app::ThoughtView::Open;
    });
}

void SettingsModel::setFoldThought(bool on) {
    setView(on, on ? showThought() : true);
}

void SettingsModel::setShowThought(bool on) {
    setView(foldThought(), on);
}

app::SamplerValues SettingsModel::sampler() const {
    return app::sampler_from_json(values().generation.sampler);
}

void SettingsModel::changeSampler(const std::function<void(app::SamplerValues&)>& change) {
    app::SamplerValues now = sampler();
    change(now);
    services_.settings.change([&](app::Settings& s) { s.generation.sampler = app::to_json(now); });
}

void SettingsModel::setTemperature(double value) {
    changeSampler([&](app::SamplerValues& s) { s.temperature = std::clamp(value, 0.0, 2.0); });
}

void SettingsModel::setTopP(double value) {
    changeSampler([&](app::SamplerValues& s) { s.top_p = std::clamp(value, 0.0, 1.0); });
}

void SettingsModel::setTopK(int value) {
    changeSampler([&](app::SamplerValues& s) { s.top_k = std::max(0, value); });
}

void SettingsModel::setMinP(double value) {
    changeSampler([&](app::SamplerValues& s) { s.min_p = std::clamp(value, 0.0, 1.0); });
}

void SettingsModel::setRepeatPenalty(double value) {
    changeSampler([&](app::SamplerValues& s) { s.repeat_penalty = std::clamp(value, 0.5, 2.0); });
}

QString SettingsModel::otherSamplers() const {
    QStringList on;
    if (topK() > 0) on << tr("Top K %1").arg(topK());
    if (minP() > 0) on << tr("Min P %1").arg(minP());
    if (repeatPenalty() != 1) on << tr("repetition penalty %1").arg(repeatPenalty());
    return on.isEmpty() ? tr("Top K, Min P, repetition penalty: off")
                        : on.join(QStringLiteral(", "));
}

void SettingsModel::resetSampling() {
    services_.settings.change([](app::Settings& s) { s.generation.sampler = app::Json::object(); });
}

bool SettingsModel::loopGuard() const {
    return values().generation.loop_guard != app::LoopGuardChoice::Off;
}

bool SettingsModel::closeLoops() const {
    return values().generation.loop_guard == app::LoopGuardChoice::CloseThought;
}

void SettingsModel::setLoopGuard(bool on) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.loop_guard = on ? app::LoopGuardChoice::End : app::LoopGuardChoice::Off;
    });
}

void SettingsModel::setCloseLoops(bool on) {
    services_.settings.change([&](app::Settings& s) {
        s.generation.loop_guard =
            on ? app::LoopGuardChoice::CloseThought : app::LoopGuardChoice::End;
    });
}

QString SettingsModel::systemPrompt() const {
    return QString::fromStdString(values().generation.system_prompt.value_or(std::string()));
}

void SettingsModel::setSystemPrompt(const QString& text) {
    if (text == systemPrompt()) return;
    services_.settings.change([&](app::Settings& s) {
        s.generation.system_prompt =
            text.trimmed().isEmpty() ? std::nullopt : std::optional(text.toStdString());
    });
}

void SettingsModel::setDevice(const QString& device) {
    services_.settings.change([&](app::Settings& s) { s.hardware.device = device.toStdString(); });
}

void SettingsModel::setThreads(int threads) {
    services_.settings.change([&](app::Settings& s) { s.hardware.threads = std::max(0, threads); });
}

QString SettingsModel::dataFolder() const {
    return QString::fromStdString(services_.store.profile().folder.string());
}

}  // namespace deepwell::ui
