// On or off.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Switch {
    id: root
    required property string name
    implicitWidth: 36
    implicitHeight: 24
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: name

    indicator: Rectangle {
        anchors.centerIn: parent
        width: 36
        height: 20
        radius: 10
        color: !root.enabled ? "transparent" : root.checked ? (root.down ? Theme.color.accentPressed : root.hovered ? Theme.color.accentHover : Theme.color.accent)
            : Theme.color.raised
        border.width: root.checked && root.enabled ? 0 : 1
        border.color: root.enabled ? Theme.color.control : Theme.color.line
        FocusRing {
            visible: root.visualFocus
            innerRadius: 10
        }
        Rectangle {
            y: 4
            x: (root.checked !== root.mirrored) ? 20 : 4
            width: 12
            height: 12
            radius: 6
            color: !root.enabled ? Qt.alpha(Theme.color.control, 0.6)
                : root.checked ? Theme.color.textOnAccent : Theme.color.control
            Behavior on x { NumberAnimation { duration: Theme.motion.hover } }
        }
    }
}
