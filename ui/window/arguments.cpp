#include "ui/window/arguments.h"

#include <CLI/CLI.hpp>
#include <QtCore/QStringList>
#include <iostream>

#include "ui/window/screenshot_pages.h"

namespace deepwell::ui {

std::variant<Arguments, ArgumentsEnd> parse_arguments(int argc, char** argv) {
    CLI::App program{"Deepwell: think together with R1 on your own computer", "deepwell"};
    std::string data;
    std::string play;
    std::string ask;
    std::string measure;
    std::string screenshot;
    std::string page = "answer";
    std::string theme;
    std::string size;
    int text_size = 0;
    bool demo = false;
    program.add_option("--data", data, "Keep everything in this folder")->type_name("DIR");
    program.add_option("--play", play, "Play recorded replies instead of a model")
        ->type_name("FILE.json");
    program.add_option("--ask", ask, "Ask this at once, in a new conversation")->type_name("TEXT");
    program.add_option("--measure", measure, "Write times of frames and replies into a file")
        ->type_name("FILE");
    program.add_option("--screenshot", screenshot, "Draw a page into a picture and end")
        ->type_name("FILE.png");
    program.add_option("--page", page, "Page of the picture")
        ->check(CLI::IsMember(screenshot_page_names()));
    program.add_option("--theme", theme, "Colours")->check(CLI::IsMember({"light", "dark"}));
    program.add_option("--size", size, "Size of the picture, such as 1280x800")->type_name("WxH");
    program.add_option("--text-size", text_size, "Text size in per cent")
        ->check(CLI::Range(80, 200));
    program.add_flag("--demo", demo, "Show a sample conversation, kept in a temporary folder");
    program.set_version_flag("--version", "Deepwell " DEEPWELL_VERSION);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return ArgumentsEnd{program.exit(error) == 0 ? 0 : 2};
    }
    Arguments arguments;
    if (!data.empty()) arguments.data = data;
    if (!play.empty()) arguments.play = play;
    arguments.ask = QString::fromStdString(ask);
    if (!measure.empty()) arguments.measure = measure;
    if (!screenshot.empty()) arguments.screenshot = screenshot;
    arguments.page = QString::fromStdString(page);
    if (!theme.empty()) arguments.dark = theme == "dark";
    if (!size.empty()) {
        const QStringList parts = QString::fromStdString(size).split('x');
        const QSize wanted(parts.value(0).toInt(), parts.value(1).toInt());
        if (wanted.width() < 100 || wanted.height() < 100 || wanted.width() > 8000 ||
            wanted.height() > 8000) {
            std::cerr << "deepwell: --size wants a width and a height, such as 1280x800\n";
            return ArgumentsEnd{2};
        }
        arguments.size = wanted;
    }
    if (text_size > 0) arguments.text_size = text_size;
    arguments.demo = demo;
    return arguments;
}

}  // namespace deepwell::ui
