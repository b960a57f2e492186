#include "ui/window/fonts.h"

#include <QtGui/QFont>
#include <QtGui/QGuiApplication>

namespace deepwell::ui {

void choose_fonts() {
    QFont::insertSubstitutions(
        QStringLiteral("Inter"),
        {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"), QStringLiteral("sans-serif")});
    QFont::insertSubstitutions(QStringLiteral("Hack"),
                               {QStringLiteral("DejaVu Sans Mono"),
                                QStringLiteral("Noto Sans Mono"), QStringLiteral("monospace")});
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(13);
    QGuiApplication::setFont(font);
}

}  // namespace deepwell::ui
