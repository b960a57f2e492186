// Hover and press, laid over any surface.
import QtQuick
import Deepwell.Theme

Rectangle {
    id: root
    property bool hovered: false
    property bool down: false

    color: down ? Theme.color.pressed : hovered ? Theme.color.hover : "transparent"
    Behavior on color {
        enabled: !root.down
        ColorAnimation { duration: Theme.motion.hover }
    }
}
