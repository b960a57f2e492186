#include "ui/window/program.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QPalette>
#include <QtQuick/QQuickWindow>

#include "app/generation/inference.h"
#include "app/generation/player.h"
#include "app/models/library.h"
#include "ui/viewmodels/models/variant_choice.h"

namespace deepwell::ui {
namespace {

// Without colorScheme (Qt 6.5): dark when the palette's window is darker than its text.
bool system_is_dark() {
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
}

}  // namespace

Program::Program(Options options, app::ProfileLock lock)
    : options_(std::move(options)), lock_(std::move(lock)) {
    settings_ = std::make_unique<app::SettingsFile>(options_.profile.settings(), clock_);
    store_ = std::make_unique<app::Store>(options_.profile, clock_);
    library_ = std::make_unique<app::LibraryService>(store_.get(),
                                                     app::find_starter(options_.program_folder));
    const app::MakeGenerator make = [this](app::EventSink sink) {
        return options_.recording ? app::start_player(*options_.recording, std::move(sink))
                                  : app::start_inference(std::move(sink));
    };
    generation_ = std::make_unique<app::GenerationService>(
        *store_, clock_, make,
        [this](const app::Conversation& conversation) { return choose(conversation); });
    upkeep_ = std::make_unique<app::Upkeep>(
        *store_, [this] { return generation_->any_running(); }, app::Upkeep::Times{});
    tokens_ = std::make_unique<app::TokenCounter>();
    application_ = std::make_unique<ApplicationModel>(services());
    application_->settings()->setSystemDark(system_is_dark());
    window_ = std::make_unique<Window>(*application_);
    instance_ = std::make_unique<SingleInstance>(options_.profile);
    connect(application_.get(), &ApplicationModel::quitRequested, this,
            [] { QGuiApplication::quit(); });
    qApp->installEventFilter(this);
    connect(library_.get(), &app::LibraryService::changed, this, &Program::loadStarter);
}

Program::~Program() {
    window_.reset();
    application_.reset();
    tokens_.reset();
    upkeep_.reset();
    // What runs is stopped and journaled; closing makes it Interrupted.
    generation_.reset();
    library_.reset();
    store_->close();
}

bool Program::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange) {
        application_->settings()->setSystemDark(system_is_dark());
    }
    return QObject::eventFilter(watched, event);
}

Services Program::services() const {
    return {*store_, *upkeep_, *generation_, *tokens_, *library_, *settings_, clock_};
}

engine::Result<app::ReplySettings> Program::choose(const app::Conversation& conversation) const {
    auto chosen = settings_of(conversation, *library_, settings_->values());
    if (!chosen && options_.recording) {
        // Recorded replies need no model file.
        app::ModelFile none;
        none.name = "Recorded replies";
        none.context_trained = 16384;
        return app::resolve_settings(conversation.settings.value_or(app::ConversationSettings{}),
                                     conversation.system_prompt, settings_->values(), none);
    }
    return chosen;
}

bool Program::start(bool visible) {
    if (!window_->create()) return false;
    instance_->listen();
    connect(instance_.get(), &SingleInstance::raiseRequested, this, [this] {
        window_->window()->show();
        window_->window()->raise();
        window_->window()->requestActivate();
    });
    if (visible) window_->window()->show();
    connect(application_.get(), &ApplicationModel::reopenRequested, this, &Program::openStore);
    openStore();
    return true;
}

void Program::openStore() {
    store_->open(app::Done<app::OpenReport>(this, [this](app::Result<app::OpenReport> opened) {
        if (opened) {
            application_->begin(*opened);
            upkeep_->start();
        } else {
            application_->storeFailed(opened.error());
        }
        emit ready();
    }));
}

// The starter is small: it is loaded at once if it is the default, so that the first word is quick.
// Another model waits for the first letter typed.
void Program::loadStarter() {
    if (starter_tried_ || options_.recording) return;
    const app::ModelFile* model =
        model_of(application_->conversation()->value(), *library_, settings_->values());
    if (model == nullptr) return;
    starter_tried_ = true;
    if (model->starter) application_->variant()->loadIfNeeded();
}

}  // namespace deepwell::ui
