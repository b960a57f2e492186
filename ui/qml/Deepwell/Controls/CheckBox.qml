// A box with a check and its words.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.CheckBox {
    id: root
    implicitWidth: contentItem.implicitWidth + leftPadding
    implicitHeight: Math.max(28, Theme.size.uiLine + 8)
    leftPadding: 26
    font: Theme.font.ui
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: text

    indicator: Rectangle {
        x: root.mirrored ? root.width - width : 0
        y: (root.height - height) / 2
        width: 16
        height: 16
        radius: Theme.size.radiusChip
        color: !root.enabled ? "transparent" : root.checked ? (root.hovered ? Theme.color.accentHover : Theme.color.accent)
            : Theme.color.raised
        border.width: root.checked && root.enabled ? 0 : 1
        border.color: !root.enabled ? Theme.color.line : root.hovered ? Theme.color.text2 : Theme.color.control
        FocusRing {
            visible: root.visualFocus
            innerRadius: Theme.size.radiusChip
        }
        Icon {
            visible: root.checked
            anchors.centerIn: parent
            name: "check"
            size: 12
            color: root.enabled ? Theme.color.textOnAccent : Theme.color.disabled
        }
    }
    contentItem: Text {
        text: root.text
        font: root.font
        color: root.enabled ? Theme.color.text1 : Theme.color.disabled
        verticalAlignment: Text.AlignVCenter
    }
}
