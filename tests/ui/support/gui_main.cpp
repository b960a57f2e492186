// The main of tests that need a GUI application: offscreen, software renderer, the window's fonts.
#include <QtGui/QGuiApplication>

#include "tests/support/test_main.h"
#include "ui/window/fonts.h"

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (qEnvironmentVariableIsEmpty("QT_QUICK_BACKEND")) qputenv("QT_QUICK_BACKEND", "software");
    QGuiApplication application(argc, argv);
    deepwell::ui::choose_fonts();
    return run_registered_tests(argc, argv);
}
