#include "ui/window/screenshot_pages.h"

#include <QtCore/QMetaObject>
#include <algorithm>
#include <array>

#include "app/problems/problem.h"
#include "ui/viewmodels/program/application_model.h"
#include "ui/window/demo.h"
#include "ui/window/sheets.h"

namespace deepwell::ui {
namespace {

using Reply = ScreenshotPage::Reply;

constexpr double kDelay = 8;  // ms between pieces

void call(QObject& surface, const char* function) {
    QMetaObject::invokeMethod(&surface, function);
}

void settings(ApplicationModel& application, const char* page) {
    application.showSettings(QString::fromLatin1(page));
}

// The 14B is looked at, as in the drawings.
void choose_model(ApplicationModel& application) {
    VariantListModel* variants = application.variants();
    for (int row = 0; row < variants->rowCount(); ++row) {
        const QModelIndex index = variants->index(row);
        if (variants->data(index, VariantListModel::Name).toString().contains(u"14B")) {
            variants->choose(row);
        }
    }
}

void search(ApplicationModel& application, const char* text) {
    application.showSearch();
    application.search()->setText(QString::fromLatin1(text));
}

constexpr std::array kPages{
    ScreenshotPage{"answer", Reply::Versions,
                   [](ApplicationModel& application, QObject&) {
                       application.conversation()->stepVersion(-1);
                   }},
    ScreenshotPage{"first-start", Reply::None},
    ScreenshotPage{"thinking", Reply::InThought},
    ScreenshotPage{"answering", Reply::InAnswer,
                   [](ApplicationModel& application, QObject&) {
                       application.conversation()->composer()->type(
                           QStringLiteral("And if the well holds warm air, "));
                   }},
    ScreenshotPage{"thought", Reply::Whole,
                   [](ApplicationModel& application, QObject&) {
                       application.conversation()->toggleLastThought();
                   }},
    ScreenshotPage{"blocks", Reply::Blocks,
                   [](ApplicationModel& application, QObject&) {
                       application.conversation()->rename(QStringLiteral(
                           "A conversation whose title is far longer than the header of a window "
                           "could ever show beside its buttons"));
                   }},
    ScreenshotPage{
        "stopped", Reply::InAnswer,
        [](ApplicationModel& application, QObject&) { application.conversation()->stop(); }},
    ScreenshotPage{
        "switcher", Reply::Whole,
        [](ApplicationModel& application, QObject&) { emit application.switcherRequested(); },
        choose_model},
    ScreenshotPage{"models", Reply::Whole,
                   [](ApplicationModel& application, QObject&) { settings(application, "models"); },
                   choose_model},
    ScreenshotPage{
        "generation", Reply::Whole,
        [](ApplicationModel& application, QObject&) { settings(application, "generation"); }},
    ScreenshotPage{
        "appearance", Reply::Whole,
        [](ApplicationModel& application, QObject&) { settings(application, "appearance"); }},
    ScreenshotPage{
        "hardware", Reply::Whole,
        [](ApplicationModel& application, QObject&) { settings(application, "hardware"); }},
    ScreenshotPage{"about", Reply::Whole,
                   [](ApplicationModel& application, QObject&) { settings(application, "about"); }},
    ScreenshotPage{
        "search", Reply::Whole,
        [](ApplicationModel& application, QObject&) { search(application, "quadratic"); }},
    ScreenshotPage{
        "nothing-found", Reply::Whole,
        [](ApplicationModel& application, QObject&) { search(application, "quadratc"); }},
    ScreenshotPage{
        "export", Reply::Whole,
        [](ApplicationModel& application, QObject&) { emit application.exportRequested(); }},
    ScreenshotPage{"errors", Reply::Whole,
                   [](ApplicationModel& application, QObject&) {
                       application.problems()->raise(
                           app::no_card_problem("The NVIDIA driver did not answer."));
                   }},
    ScreenshotPage{"ladder", Reply::InAnswer,
                   [](ApplicationModel& application, QObject&) {
                       application.conversation()->stop();
                       raise_ladder(*application.problems());
                   }},
    ScreenshotPage{"undo", Reply::Whole,
                   [](ApplicationModel& application, QObject&) {
                       const auto* list = application.conversations();
                       application.removeConversation(
                           list->data(list->index(list->rowCount() - 1), ConversationListModel::Id)
                               .toString());
                   }},
    ScreenshotPage{"keyboard", Reply::Whole,
                   [](ApplicationModel&, QObject& surface) { call(surface, "openKeys"); }},
    ScreenshotPage{"drawer", Reply::InThought,
                   [](ApplicationModel&, QObject& surface) { call(surface, "toggleSidebar"); }},
    // Sheets for the eye (ui/qml/Deepwell/Sheets), laid over the window.
    ScreenshotPage{"problems", Reply::None},
    ScreenshotPage{"states", Reply::None},
};

}  // namespace

const ScreenshotPage& screenshot_page(const QString& name) {
    const auto found = std::find_if(kPages.begin(), kPages.end(), [&](const ScreenshotPage& page) {
        return name == QLatin1String(page.name);
    });
    return found != kPages.end() ? *found : kPages.front();
}

std::vector<std::string> screenshot_page_names() {
    std::vector<std::string> names;
    for (const ScreenshotPage& page : kPages) names.emplace_back(page.name);
    return names;
}

app::Recording recording_of(const ScreenshotPage& page) {
    switch (page.reply) {
        case Reply::InThought:
            return demo_recording(kDelay, kDelay, QStringLiteral("thought"));
        case Reply::InAnswer:
            return demo_recording(kDelay, kDelay, QStringLiteral("answer"));
        case Reply::Blocks:
            return demo_blocks();
        case Reply::Versions: {
            app::Recording all = demo_recording(kDelay, kDelay);
            all.replies.resize(3, all.replies.front());
            return all;
        }
        case Reply::Whole:
            return demo_recording(kDelay, kDelay);
        case Reply::None:
            break;
    }
    return demo_recording(0, 0);
}

}  // namespace deepwell::ui
