// "To the end": takes up following again.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.Button {
    id: root
    implicitWidth: row.implicitWidth + 26
    implicitHeight: Theme.size.control
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: qsTr("To the end")
    Accessible.name: text
    background: ButtonBack {
        control: root
        radius: height / 2
        border.color: Theme.color.control
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                name: "chevron-down"
                color: Theme.color.text1
                size: Theme.size.mediumIcon
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: root.text
                font: Theme.font.button
                Accessible.ignored: true
            }
        }
    }
}
