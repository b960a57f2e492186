#include <QtCore/QByteArray>
#include <QtCore/QCryptographicHash>
#include <fstream>
#include <vector>

#include "app/models/library.h"

namespace deepwell::app {

engine::Result<std::string> hash_file(const std::filesystem::path& path,
                                      const engine::StopFlag& stop) {
    std::ifstream file(path, std::ios::binary);
    if (!file.is_open()) {
        return engine::fail(engine::ErrorCode::FileNotFound, "The file is no longer there.",
                            path.string());
    }
    QCryptographicHash hash(QCryptographicHash::Sha256);
    // Small enough to answer a stop within a few milliseconds, large enough for the disk.
    std::vector<char> piece(4U << 20);
    while (file) {
        if (stop.stop_requested()) {
            return engine::fail(engine::ErrorCode::Cancelled, "Stopped.", path.string());
        }
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        hash.addData(QByteArrayView(piece.data(), file.gcount()));
    }
    if (file.bad()) {
        return engine::fail(engine::ErrorCode::FileNotReadable, "The file cannot be read.",
                            path.string());
    }
    return hash.result().toHex().toStdString();
}

}  // namespace deepwell::app
