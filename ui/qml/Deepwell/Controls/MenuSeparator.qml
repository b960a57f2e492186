// A line between groups of a menu.
import QtQuick
import QtQuick.Templates as T

T.MenuSeparator {
    implicitWidth: 200
    implicitHeight: 9
    contentItem: Item {
        Separator {
            width: parent.width
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
