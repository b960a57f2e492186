// A group of settings: its head, and rows with lines between them.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Column {
    id: root
    required property string title
    property string linkText: ""
    default property alias rows: column.data
    signal linkChosen()
    width: parent ? parent.width : 400
    spacing: 8

    Item {
        width: parent.width
        height: Theme.size.uiLine
        Label {
            height: parent.height
            text: root.title
            font: Theme.font.heading
            Accessible.role: Accessible.Heading
        }
        Button {
            visible: root.linkText.length > 0
            anchors.right: parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            kind: "link"
            compact: true
            text: root.linkText
            onClicked: root.linkChosen()
        }
    }
    Card {
        width: parent.width
        height: column.height + 2
        Column {
            id: column
            x: 1
            y: 1
            width: parent.width - 2
        }
    }
}
