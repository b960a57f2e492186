// Exports a profile into one file again and again until it is killed.
//
//   kill_export_child PROFILE FILE
#include <unistd.h>

#include <QtCore/QCoreApplication>
#include <string_view>

#include "app/exchange/exporter.h"

using namespace deepwell::app;

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc != 3) return 1;
    for (Milliseconds round = 1;; ++round) {
        const auto snapshot = Snapshot::open({argv[1]});
        if (!snapshot) return 2;
        const auto source = export_everything(*snapshot, ExportFormat::Json);
        if (!source) return 2;
        ExportOptions options;
        options.format = ExportFormat::Json;
        if (!export_to_file(*source, options, argv[2], round)) return 2;
        if (::write(STDOUT_FILENO, "done\n", 5) < 0) return 3;
    }
}
