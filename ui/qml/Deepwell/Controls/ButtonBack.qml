// The back of a framed button: raised or, while it is open or on, tinted; hover and press over it,
// the ring of focus around it.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

Rectangle {
    id: root
    required property T.AbstractButton control
    property bool chosen: false
    radius: Theme.size.radiusControl
    color: chosen ? Theme.color.tint : Theme.color.raised
    border.width: 1
    border.color: chosen ? Theme.color.accent : Theme.color.line

    StateLayer {
        anchors.fill: parent
        radius: root.radius
        hovered: root.control.hovered && root.control.enabled
        down: root.control.down
    }
    FocusRing {
        visible: root.control.visualFocus
        innerRadius: root.radius
    }
}
