// A square button that shows an icon; its tip is its name for screen readers.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Button {
    id: root
    required property string iconName
    required property string tip
    property bool framed: false
    property bool compact: false
    property color ink: Theme.color.text2
    property string keys: ""
    property bool busy: false
    property bool tipAllowed: true

    implicitWidth: compact ? Theme.size.action : Theme.size.control
    implicitHeight: implicitWidth
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: tip

    background: Rectangle {
        radius: Theme.size.radiusControl
        color: root.framed ? Theme.color.raised : "transparent"
        border.width: root.framed ? 1 : 0
        border.color: root.enabled ? Theme.color.control : Theme.color.line
        StateLayer {
            anchors.fill: parent
            radius: parent.radius
            hovered: root.hovered && root.enabled
            down: root.down || root.checked
        }
        FocusRing { visible: root.visualFocus }
    }
    contentItem: Item {
        BusyRing {
            visible: root.busy
            color: root.ink
            anchors.centerIn: parent
        }
        Icon {
            visible: !root.busy
            anchors.centerIn: parent
            name: root.iconName
            color: root.enabled ? (root.hovered ? Theme.color.text1 : root.ink) : Theme.color.disabled
        }
    }
    Loader {
        active: root.tipAllowed && (root.hovered || root.visualFocus)
        sourceComponent: Item {
            ToolTip {
                parent: root
                text: root.keys.length > 0 ? root.tip + "  " + root.keys : root.tip
                visible: true
            }
        }
    }
}
