// The back of a row of a list: tinted while it is the chosen one, with a bar at its beginning where
// the list is one of places to go to.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

Rectangle {
    id: root
    required property T.AbstractButton control
    property bool chosen: false
    property bool barred: false
    radius: Theme.size.radiusControl
    color: chosen ? Theme.color.tint : "transparent"

    StateLayer {
        anchors.fill: parent
        radius: root.radius
        hovered: root.control.hovered && !root.chosen
        down: root.control.down
    }
    Rectangle {
        visible: root.barred && root.chosen
        width: 3
        height: 16
        radius: 1.5
        x: root.control.mirrored ? root.width - width : 0
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.color.accent
    }
}
