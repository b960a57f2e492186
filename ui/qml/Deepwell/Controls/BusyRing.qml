// A turning ring of 16 px; with reduced motion the word beside it must do.
import QtQuick
import Deepwell.Theme

Item {
    id: root
    property color color: Theme.color.accent
    implicitWidth: Theme.size.icon
    implicitHeight: Theme.size.icon
    Icon {
        name: "busy"
        color: root.color
        anchors.centerIn: parent
        RotationAnimation on rotation {
            running: root.visible && !Theme.reducedMotion
            from: 0
            to: 360
            duration: 1000
            loops: Animation.Infinite
        }
    }
}
