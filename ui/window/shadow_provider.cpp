#include "ui/window/shadow_provider.h"

#include <QtGui/QColor>
#include <algorithm>
#include <cmath>

namespace deepwell::ui {

// The edge of the body lies `spread` from the image's edge; around it the shade falls off on both
// sides as the integral of a bell curve does, the corners as the product of both directions.
QImage ShadowProvider::requestImage(const QString& id, QSize* size, const QSize&) {
    const QStringList parts = id.split('/');
    const int spread = std::clamp(parts.value(0).toInt(), 1, 128);
    const QColor color('#' + parts.value(1));
    const int side = 4 * spread + 1;
    QImage image(side, side, QImage::Format_ARGB32_Premultiplied);
    const double sigma = spread / 2.0;
    const auto shade = [&](int at) {
        const double inside = std::min(at, side - 1 - at) + 0.5 - spread;
        return 0.5 * (1 + std::erf(inside / (sigma * std::sqrt(2.0))));
    };
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const int alpha = qRound(color.alpha() * shade(x) * shade(y));
            image.setPixel(x, y,
                           qPremultiply(qRgba(color.red(), color.green(), color.blue(), alpha)));
        }
    }
    if (size != nullptr) *size = image.size();
    return image;
}

}  // namespace deepwell::ui
