// The command line of the window.
#pragma once

#include <QtCore/QSize>
#include <QtCore/QString>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>

namespace deepwell::ui {

struct Arguments {
    std::optional<std::filesystem::path> data;     // --data DIR
    std::optional<std::filesystem::path> play;     // --play FILE.json: recorded replies, no model
    QString ask;                                   // --ask TEXT: a question that is asked at once
    std::optional<std::filesystem::path> measure;  // --measure FILE: see measurements.h
    std::optional<std::filesystem::path> screenshot;  // --screenshot FILE.png, then ends
    QString page = QStringLiteral("answer");          // --page NAME of it
    std::optional<bool> dark;                         // --theme
    std::optional<QSize> size;                        // --size WxH
    std::optional<int> text_size;                     // --text-size per cent
    bool demo = false;  // --demo: the drawings' conversation in a temporary folder
};

// What to print and the exit code instead of a start.
struct ArgumentsEnd {
    int code = 0;
};

// Qt's own options (-reverse, -platform …) must have been taken out already. Help and faults are
// printed.
std::variant<Arguments, ArgumentsEnd> parse_arguments(int argc, char** argv);

}  // namespace deepwell::ui
