// settings.json of a profile: read once at start, written whole 200 ms after a change, never at
// exit only.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>
#include <filesystem>
#include <functional>
#include <optional>

#include "app/base/clock.h"
#include "app/base/result.h"
#include "app/base/settings.h"

namespace deepwell::app {

// Lives on one thread (the window's, or the command's).
class SettingsFile : public QObject {
    Q_OBJECT
public:
    // Reads the file; the defaults where there is none. One that cannot be understood is renamed to
    // `settings-2026-11-24.json` (with a number where that is taken), and set_aside() tells it.
    explicit SettingsFile(std::filesystem::path file, const Clock& clock,
                          QObject* parent = nullptr);
    ~SettingsFile() override;  // writes what still waits

    const Settings& values() const { return values_; }
    // Changes values, tells it by changed(), writes 200 ms after the last change.
    void change(const std::function<void(Settings&)>& change);
    // Writes now, if anything changed.
    Result<void> write();

    // Where an unreadable file was put: to be said in a toast.
    const std::optional<std::filesystem::path>& set_aside() const { return set_aside_; }

signals:
    void changed();
    void writeFailed(const QString& sentence);

private:
    std::filesystem::path file_;
    Settings values_;
    std::optional<std::filesystem::path> set_aside_;
    QTimer timer_;
    bool dirty_ = false;
};

}  // namespace deepwell::app
