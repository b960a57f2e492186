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
    background: Rectangle {
        radius: height / 2
        color: Theme.color.raised
        border.width: 1
        border.color: Theme.color.control
        StateLayer {
            anchors.fill: parent
            radius: parent.radius
            hovered: root.hovered
            down: root.down
        }
        FocusRing {
            visible: root.visualFocus
            innerRadius: parent.radius
        }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                name: "chevron-down"
                color: Theme.color.text1
                size: Theme.size.icon - 2
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
