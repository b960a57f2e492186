// A thin handle at the edge, shown while there is something to scroll.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.ScrollBar {
    id: root
    implicitWidth: orientation === Qt.Vertical ? 12 : 100
    implicitHeight: orientation === Qt.Vertical ? 100 : 12
    padding: 3
    minimumSize: 0.06
    visible: size < 1.0
    Accessible.ignored: true

    contentItem: Rectangle {
        radius: 3
        color: root.pressed || root.hovered ? Theme.color.text3 : Theme.color.scroll
    }
}
