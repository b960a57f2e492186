// Above a question: what goes before no longer reaches the model.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string text
    signal contextRequested()
    implicitHeight: Theme.size.action

    Icon {
        id: mark
        anchors.verticalCenter: parent.verticalCenter
        name: "info"
        size: Theme.size.icon - 2
    }
    Label {
        objectName: "leftOut"
        anchors.left: mark.right
        anchors.leftMargin: 8
        anchors.right: raise.left
        anchors.rightMargin: 8
        height: parent.height
        text: root.text
        font: Theme.font.small
        color: Theme.color.text2
    }
    Button {
        id: raise
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        kind: "link"
        compact: true
        text: qsTr("Raise the context")
        onClicked: root.contextRequested()
    }
}
