// The running program: profile, store, generator, library, view models, window; in this order made,
// in the other order ended.
#pragma once

#include <QtCore/QObject>
#include <memory>
#include <optional>

#include "app/base/profile_lock.h"
#include "app/generation/recording.h"
#include "app/storage/upkeep.h"
#include "ui/window/arguments.h"
#include "ui/window/single_instance.h"
#include "ui/window/window.h"

namespace deepwell::ui {

class Program : public QObject {
    Q_OBJECT
public:
    struct Options {
        app::Profile profile;
        std::optional<app::Recording> recording;  // plays instead of a model
        std::filesystem::path program_folder;     // where the starter is looked for
    };
    Program(Options options, app::ProfileLock lock);
    ~Program() override;

    // Opens the store and shows the window. False: the page could not be made.
    bool start(bool visible);
    ApplicationModel& application() { return *application_; }
    Window& window() { return *window_; }
    Services services() const;
    // The desktop's colours changed.
    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    // The store has opened and the list is there.
    void ready();

private:
    engine::Result<app::ReplySettings> choose(const app::Conversation& conversation) const;
    void openStore();
    void loadStarter();

    app::SystemClock clock_;
    Options options_;
    app::ProfileLock lock_;
    std::unique_ptr<app::SettingsFile> settings_;
    std::unique_ptr<app::Store> store_;
    std::unique_ptr<app::LibraryService> library_;
    std::unique_ptr<app::GenerationService> generation_;
    std::unique_ptr<app::TokenCounter> tokens_;
    std::unique_ptr<app::Upkeep> upkeep_;
    std::unique_ptr<ApplicationModel> application_;
    std::unique_ptr<Window> window_;
    std::unique_ptr<SingleInstance> instance_;
    bool starter_tried_ = false;
};

}  // namespace deepwell::ui
