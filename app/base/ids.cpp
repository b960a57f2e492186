#include "app/base/ids.h"

#include <QtCore/QUuid>

namespace deepwell::app {

std::string new_id() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

}  // namespace deepwell::app
