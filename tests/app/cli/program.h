// Runs the real deepwell-cli.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>
#include <filesystem>

namespace deepwell::tests {

struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray errors;
};

// With a profile of its own, so that nobody's settings play a part. Empty `data`: a fresh one.
Ran run_cli(const QStringList& arguments, const QByteArray& input = {},
            const std::filesystem::path& data = {});

std::filesystem::path cli_program();

}  // namespace deepwell::tests
