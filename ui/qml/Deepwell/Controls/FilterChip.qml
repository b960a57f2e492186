// A word that is on or off, in a row of such: tinted and checked while it is on.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.CheckBox {
    id: root
    implicitWidth: row.implicitWidth + 22
    implicitHeight: Theme.size.action
    font: Theme.font.button
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: text

    indicator: null
    background: ButtonBack {
        control: root
        chosen: root.checked && root.enabled
        border.width: chosen ? 0 : 1
        border.color: Theme.color.line
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 6
            Icon {
                visible: root.checked
                name: "check"
                size: Theme.size.mediumIcon
                color: Theme.color.textOnTint
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: root.text
                font: root.font
                color: !root.enabled ? Theme.color.disabled
                    : root.checked ? Theme.color.textOnTint : Theme.color.text1
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
}
