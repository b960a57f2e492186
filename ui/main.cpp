// Starts the window: arguments, profile, lock (a second start raises the first), event loop.
#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtQuick/QQuickWindow>
#include <cstdio>
#include <cstring>

#include "app/base/paths.h"
#include "app/base/profile_lock.h"
#include "app/conversations/generation_values.h"
#include "ui/window/demo.h"
#include "ui/window/demo_models.h"
#include "ui/window/first_question.h"
#include "ui/window/fonts.h"
#include "ui/window/measurements.h"
#include "ui/window/program.h"
#include "ui/window/quit_signals.h"
#include "ui/window/screenshot.h"

using namespace deepwell;

namespace {

int complain(const std::string& sentence) {
    std::fprintf(stderr, "deepwell: %s\n", sentence.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    // A picture needs no display; the platform is chosen before the application is made.
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--screenshot") == 0 &&
            qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) {
            qputenv("QT_QPA_PLATFORM", "offscreen");
        }
    }
    QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("deepwell"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Deepwell"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DEEPWELL_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("deepwell"));
    const auto parsed = ui::parse_arguments(argc, argv);
    if (const auto* end = std::get_if<ui::ArgumentsEnd>(&parsed)) return end->code;
    const auto& arguments = std::get<ui::Arguments>(parsed);
    ui::choose_fonts();

    ui::Program::Options options;
    options.program_folder = QCoreApplication::applicationDirPath().toStdString();
    QTemporaryDir temporary;
    // Pictures and demonstrations never touch the profile of the person who makes them.
    const bool own_profile = !arguments.demo && !(arguments.screenshot && !arguments.data);
    options.profile = app::find_profile(
        own_profile || arguments.data
            ? arguments.data
            : std::optional(std::filesystem::path(temporary.path().toStdString())));
    if (arguments.play) {
        auto recording = app::read_recording(*arguments.play);
        if (!recording) return complain(recording.error().message);
        options.recording = std::move(*recording);
    } else if (arguments.demo) {
        options.recording = arguments.screenshot
                                ? ui::recording_of(ui::screenshot_page(arguments.page))
                                : ui::demo_recording(20, 16);
    }
    if (auto created = app::create_profile(options.profile); !created) {
        return complain(created.error().message);
    }
    auto lock = app::ProfileLock::take(options.profile);
    if (!lock) {
        if (ui::SingleInstance(options.profile).raise_other()) return 0;
        return complain("Deepwell is already open. Use the other window, or close it first. (" +
                        lock.error().message + ")");
    }

    const bool with_models = arguments.demo && arguments.page != QLatin1String("first-start");
    if (with_models) ui::write_demo_models(options.profile.models());

    ui::Program program(std::move(options), std::move(*lock));
    if (with_models) {
        program.services().settings.change([](app::Settings& settings) {
            settings.models.standard = ui::demo_model();
            app::ThinkingValues thinking;
            thinking.effort = app::Effort::Medium;
            settings.generation.thinking = app::to_json(thinking);
        });
    }
    ui::QuitSignals signals_;
    QObject::connect(&signals_, &ui::QuitSignals::quitRequested, &application,
                     &QGuiApplication::quit);
    std::unique_ptr<ui::Measurements> measurements;
    if (arguments.measure) {
        auto begun = ui::Measurements::begin(*arguments.measure);
        if (!begun) return complain(begun.error().message);
        measurements = std::move(*begun);
    }
    const ui::FirstQuestion question(program, arguments.ask);
    if (!program.start(!arguments.screenshot)) {
        return complain("The window could not be made.\n" +
                        program.window().warnings().join('\n').toStdString());
    }
    if (measurements) {
        measurements->follow(*program.window().window(), program.services().generation);
    }
    ui::DemoScene scene(program);
    if (arguments.demo) {
        const bool ask = !arguments.screenshot || ui::screenshot_page(arguments.page).asks();
        QObject::connect(&program, &ui::Program::ready, &scene, [&scene, &arguments, ask] {
            if (arguments.screenshot && !ask) return;
            scene.begin(ask);
        });
    }
    std::unique_ptr<ui::Screenshot> screenshot;
    if (arguments.screenshot) {
        screenshot = std::make_unique<ui::Screenshot>(program, arguments);
        QObject::connect(screenshot.get(), &ui::Screenshot::done, &application,
                         [](int code) { QCoreApplication::exit(code); });
        screenshot->begin();
    } else if (arguments.size) {
        program.window().window()->resize(*arguments.size);
    }
    if (!arguments.screenshot && (arguments.dark || arguments.text_size)) {
        program.application().settings()->overrideAppearance(arguments.dark, arguments.text_size);
    }
    return QGuiApplication::exec();
}
