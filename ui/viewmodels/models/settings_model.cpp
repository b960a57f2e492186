#include "ui/viewmodels/models/settings_model.h"

#include <algorithm>

namespace deepwell::ui {

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
    if (width < 0 || width > static_cast<int>(app::ReadingWidth::Full)) return;
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
        case app::ReadingWidth::Full:
            return QStringLiteral("full");
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
