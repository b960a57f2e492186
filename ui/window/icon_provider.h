// image://icon/NAME/COLOUR/SIZE: a file of resources/icons in that colour (AARRGGBB or RRGGBB),
// shown at that size, drawn at the one asked for.
#pragma once

#include <QtQuick/QQuickImageProvider>

namespace deepwell::ui {

class IconProvider : public QQuickImageProvider {
public:
    IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}
    QImage requestImage(const QString& id, QSize* size, const QSize& requested) override;
};

// The mark in the accent colour, for the window's own icon.
QImage mark_image(int size);

}  // namespace deepwell::ui
