// Appearance and hardware: typed properties over the settings file. A change applies at once.
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QtCore/QObject>
#include <QtCore/QVariant>

#include "ui/viewmodels/services.h"

namespace deepwell::ui {

class SettingsModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by ApplicationModel")
    // Appearance
    Q_PROPERTY(int theme READ theme WRITE setTheme NOTIFY changed)  // System, Light, Dark
    Q_PROPERTY(bool dark READ dark NOTIFY changed)
    Q_PROPERTY(int textSize READ textSize WRITE setTextSize NOTIFY changed)  // per cent
    Q_PROPERTY(int readingWidth READ readingWidth WRITE setReadingWidth NOTIFY changed)
    Q_PROPERTY(QString readingWidthName READ readingWidthName NOTIFY changed)
    Q_PROPERTY(int motion READ motion WRITE setMotion NOTIFY changed)  // System, Full, Reduced
    Q_PROPERTY(bool reducedMotion READ reducedMotion NOTIFY changed)
    Q_PROPERTY(bool enterSends READ enterSends WRITE setEnterSends NOTIFY changed)
    // Hardware
    Q_PROPERTY(QString device READ device WRITE setDevice NOTIFY changed)
    Q_PROPERTY(int threads READ threads WRITE setThreads NOTIFY changed)
    Q_PROPERTY(QString dataFolder READ dataFolder CONSTANT)

public:
    explicit SettingsModel(const Services& services, QObject* parent = nullptr);

    // What "System" means now.
    void setSystemDark(bool dark);
    // For pictures and tests: beats the file without changing it.
    void overrideAppearance(std::optional<bool> dark, std::optional<int> text_size,
                            bool still = false);

    int theme() const { return static_cast<int>(values().appearance.theme); }
    void setTheme(int theme);
    bool dark() const;
    int textSize() const { return text_size_.value_or(values().appearance.text_size); }
    void setTextSize(int percent);
    int readingWidth() const { return static_cast<int>(values().appearance.reading_width); }
    void setReadingWidth(int width);
    QString readingWidthName() const;
    int motion() const { return static_cast<int>(values().appearance.motion); }
    void setMotion(int motion);
    bool reducedMotion() const {
        return still_ || values().appearance.motion == app::Motion::Reduced;
    }
    bool enterSends() const { return values().composer.send_key == app::SendKey::Enter; }
    void setEnterSends(bool on);

    QString device() const { return QString::fromStdString(values().hardware.device); }
    void setDevice(const QString& device);
    int threads() const { return values().hardware.threads; }
    void setThreads(int threads);
    QString dataFolder() const;

    Q_INVOKABLE void toggleTheme();
    Q_INVOKABLE void stepTextSize(int steps);  // of 10 %; 0: back to 100 %

signals:
    void changed();

private:
    const app::Settings& values() const { return services_.settings.values(); }

    Services services_;
    bool system_dark_ = false;
    std::optional<bool> dark_;
    std::optional<int> text_size_;
    bool still_ = false;
};

}  // namespace deepwell::ui
