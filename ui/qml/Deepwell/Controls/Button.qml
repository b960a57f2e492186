// Primary (filled), normal (edge), quiet (text only) and danger buttons; with an icon or busy.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Button {
    id: root
    property string kind: "normal"   // primary, normal, quiet, danger, link
    property string iconName: ""
    property bool busy: false
    property bool compact: false
    property int iconSize: Theme.size.icon
    property color ink: !enabled ? Theme.color.disabled
        : kind === "primary" ? Theme.color.textOnAccent
        : kind === "danger" ? Theme.color.bad
        : kind === "link" ? Theme.color.accent
        : kind === "quiet" ? Theme.color.text2 : Theme.color.text1

    implicitWidth: Math.max(compact ? 0 : Theme.size.control, row.implicitWidth + leftPadding + rightPadding)
    implicitHeight: compact ? Theme.size.action : Theme.size.control
    leftPadding: kind === "link" ? 0 : 13
    rightPadding: leftPadding
    spacing: 8
    font: Theme.font.button
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: text

    background: Rectangle {
        radius: Theme.size.radiusControl
        color: !root.enabled || root.kind === "quiet" || root.kind === "link" ? "transparent"
            : root.kind === "primary" ? (root.down ? Theme.color.accentPressed
                : root.hovered ? Theme.color.accentHover : Theme.color.accent)
            : Theme.color.raised
        border.width: root.kind === "quiet" || root.kind === "link" || (root.kind === "primary" && root.enabled) ? 0 : 1
        border.color: !root.enabled ? Theme.color.line
            : root.kind === "danger" ? Theme.color.bad : Theme.color.control

        StateLayer {
            anchors.fill: parent
            radius: parent.radius
            visible: root.kind !== "primary" && root.kind !== "link"
            hovered: root.hovered && root.enabled
            down: root.down
        }
        FocusRing { visible: root.visualFocus }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: root.spacing
            BusyRing {
                visible: root.busy
                color: root.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                visible: root.iconName.length > 0 && !root.busy
                name: root.iconName
                color: root.ink
                size: root.iconSize
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: root.text
                visible: text.length > 0
                font.family: root.font.family
                font.pixelSize: root.font.pixelSize
                font.weight: root.font.weight
                font.underline: root.kind === "link" && root.hovered
                color: root.ink
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
