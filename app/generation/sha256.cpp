#include "app/generation/sha256.h"

#include <QtCore/QCryptographicHash>

namespace deepwell::app {

std::string sha256_hex(std::string_view text) {
    const QByteArrayView bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
}

}  // namespace deepwell::app
