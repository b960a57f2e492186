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
        color: root.checked ? Theme.color.accent : Theme.color.raised
        border.width: root.checked ? 0 : 1
        border.color: Theme.color.control
        FocusRing {
            visible: root.visualFocus
            innerRadius: Theme.size.radiusChip
        }
        Icon {
            visible: root.checked
            anchors.centerIn: parent
            name: "check"
            size: 12
            color: Theme.color.textOnAccent
        }
    }
    contentItem: Text {
        text: root.text
        font: root.font
        color: Theme.color.text1
        verticalAlignment: Text.AlignVCenter
    }
}
