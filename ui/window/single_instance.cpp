#include "ui/window/single_instance.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

namespace deepwell::ui {
namespace {

constexpr int kMostBytes = 100;  // of a socket's path; beyond 107 it fails
constexpr int kAnswerWithin = 1000;

}  // namespace

SingleInstance::SingleInstance(const app::Profile& profile, QObject* parent) : QObject(parent) {
    const QByteArray path = QByteArray::fromStdString(profile.socket().string());
    if (path.size() <= kMostBytes) {
        name_ = QString::fromUtf8(path);
    } else {
        const auto hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex();
        name_ = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) +
                QStringLiteral("/deepwell-") + QString::fromLatin1(hash.left(16)) + ".sock";
    }
}

SingleInstance::~SingleInstance() = default;

void SingleInstance::listen() {
    QLocalServer::removeServer(name_);
    server_ = std::make_unique<QLocalServer>();
    server_->setSocketOptions(QLocalServer::UserAccessOption);
    connect(server_.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = server_->nextPendingConnection()) {
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                if (!socket->readAll().startsWith("raise")) return;
                socket->write("ok\n");
                socket->flush();
                socket->disconnectFromServer();
                emit raiseRequested();
            });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    server_->listen(name_);
}

bool SingleInstance::raise_other() const {
    QLocalSocket socket;
    socket.connectToServer(name_);
    if (!socket.waitForConnected(kAnswerWithin)) return false;
    socket.write("raise\n");
    socket.flush();
    return socket.waitForReadyRead(kAnswerWithin) && socket.readAll().startsWith("ok");
}

}  // namespace deepwell::ui
