// deepwell-cli: everything of Deepwell that needs no window.
#include <QCoreApplication>
#include <clocale>

#include "app/cli/commands.h"

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName("deepwell");
    // Numbers in options and results are written with a point in every language.
    std::setlocale(LC_NUMERIC, "C");
    deepwell::app::cli::Shell shell(QCoreApplication::applicationDirPath().toStdString());
    return deepwell::app::cli::run_program(argc, argv, shell);
}
