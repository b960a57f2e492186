#include "tests/app/cli/program.h"

#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include "tests/support/test_paths.h"

namespace deepwell::tests {

std::filesystem::path cli_program() {
    return bin_dir() / "deepwell-cli";
}

Ran run_cli(const QStringList& arguments, const QByteArray& input,
            const std::filesystem::path& data) {
    const QTemporaryDir scratch;
    QProcess process;
    const QString folder = data.empty() ? scratch.path() : QString::fromStdString(data.string());
    process.start(QString::fromStdString(cli_program().string()),
                  QStringList{"--data", folder} + arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60000)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

}  // namespace deepwell::tests
