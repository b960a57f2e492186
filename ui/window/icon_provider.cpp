#include "ui/window/icon_provider.h"

#include <QtCore/QFile>
#include <QtGui/QColor>
#include <QtGui/QPainter>
#include <QtSvg/QSvgRenderer>

namespace deepwell::ui {
namespace {

constexpr int kGrid = 16;  // px of the drawings
constexpr double kStroke = 1.5;

// `shown` is the size on the screen in its own px; where it is small the strokes keep their width.
QImage draw(const QString& name, const QColor& color, const QSize& size, int shown = kGrid) {
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QFile file(QStringLiteral(":/deepwell/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return image;
    QByteArray source = file.readAll();
    source.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    if (shown > 0 && shown < kGrid) {
        source.replace("stroke-width=\"1.5\"",
                       "stroke-width=\"" + QByteArray::number(kStroke * kGrid / shown) + '"');
    }
    QSvgRenderer renderer(source);
    QPainter painter(&image);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter);
    return image;
}

}  // namespace

QImage IconProvider::requestImage(const QString& id, QSize* size, const QSize& requested) {
    const QStringList parts = id.split('/');
    const QSize wanted = requested.isValid() && !requested.isEmpty() ? requested : QSize(16, 16);
    if (size != nullptr) *size = wanted;
    return draw(parts.value(0), QColor('#' + parts.value(1)), wanted,
                parts.size() > 2 ? parts[2].toInt() : kGrid);
}

QImage mark_image(int size) {
    return draw(QStringLiteral("mark"), QColor(QStringLiteral("#0B6670")), {size, size});
}

}  // namespace deepwell::ui
