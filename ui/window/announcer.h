// Says the program's announcements to screen readers: Qt 6.4 has no event for it, so a live item of
// the page carries the words and an alert points at it.
#pragma once

#include <QtCore/QObject>

class QQuickItem;

namespace deepwell::ui {

class ApplicationModel;

class Announcer : public QObject {
    Q_OBJECT
public:
    // `live`: the item whose accessible name is the announcement; null: nothing is said.
    Announcer(ApplicationModel& application, QQuickItem* live, QObject* parent = nullptr);
};

}  // namespace deepwell::ui
