// image://shadow/SPREAD/AARRGGBB: a soft shadow as a nine-patch, for renderers without shaders.
#pragma once

#include <QtQuick/QQuickImageProvider>

namespace deepwell::ui {

class ShadowProvider : public QQuickImageProvider {
public:
    ShadowProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

}  // namespace deepwell::ui
