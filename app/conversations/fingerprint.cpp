#include "app/conversations/fingerprint.h"

#include <QtCore/QCryptographicHash>
#include <unordered_map>

namespace deepwell::app {

std::string fingerprint(const std::vector<Message>& messages) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&](std::string_view bytes) {
        hash.addData(QByteArrayView(bytes.data(), static_cast<qsizetype>(bytes.size())));
    };
    std::unordered_map<MessageId, std::size_t> index;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto& message = messages[i];
        index.emplace(message.id, i);
        add(name_of(message.role));
        add("\x1F");
        const auto parent = message.parent ? index.find(*message.parent) : index.end();
        add(parent == index.end() ? std::string("-") : std::to_string(parent->second));
        add("\x1F");
        if (message.thought) add(message.thought->text);
        add("\x1F");
        add(message.answer);
        add("\x1E");
    }
    return hash.result().toHex().toStdString();
}

}  // namespace deepwell::app
