#include "ui/window/announcer.h"

#include <QtGui/QAccessible>
#include <QtQuick/QQuickItem>

#include "ui/viewmodels/program/application_model.h"

namespace deepwell::ui {

Announcer::Announcer(ApplicationModel& application, QQuickItem* live, QObject* parent)
    : QObject(parent) {
    if (live == nullptr) return;
    connect(&application, &ApplicationModel::announcementChanged, live, [live] {
        if (!QAccessible::isActive()) return;
        QAccessibleEvent alert(live, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    });
}

}  // namespace deepwell::ui
