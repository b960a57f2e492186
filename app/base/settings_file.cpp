#include "app/base/settings_file.h"

#include "app/base/atomic_file.h"
#include "app/base/kept_files.h"

namespace deepwell::app {
namespace fs = std::filesystem;

namespace {

constexpr int kWriteAfterMs = 200;

// Puts the file beside itself under a name with today's date; the new name.
std::optional<fs::path> set_file_aside(const fs::path& file, Milliseconds now) {
    const auto aside = aside_name(file, now);
    std::error_code error;
    fs::rename(file, aside, error);
    return error ? std::nullopt : std::optional(aside);
}

}  // namespace

SettingsFile::SettingsFile(fs::path file, const Clock& clock, QObject* parent)
    : QObject(parent), file_(std::move(file)) {
    timer_.setSingleShot(true);
    timer_.setInterval(kWriteAfterMs);
    connect(&timer_, &QTimer::timeout, this, [this] {
        if (auto written = write(); !written) {
            emit writeFailed(QString::fromStdString(written.error().message));
        }
    });

    const auto text = read_file(file_);
    if (!text) return;  // none yet, or not readable: the defaults, and what is there stays
    const auto json = parse_json(*text);
    if (!json.is_object()) {
        set_aside_ = set_file_aside(file_, clock.now_ms());
        return;
    }
    values_ = settings_from_json(json);
}

SettingsFile::~SettingsFile() {
    static_cast<void>(write());
}

void SettingsFile::change(const std::function<void(Settings&)>& change) {
    const auto before = settings_to_json(values_);
    change(values_);
    if (settings_to_json(values_) == before) return;
    dirty_ = true;
    timer_.start();
    emit changed();
}

Result<void> SettingsFile::write() {
    timer_.stop();
    if (!dirty_) return {};
    const auto text =
        settings_to_json(values_).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    auto written = write_file_atomically(file_, text);
    if (written) dirty_ = false;
    return written;
}

}  // namespace deepwell::app
