// The question is longer than what fits: how long, and what can be done.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ConversationModel conversation
    signal contextRequested()
    readonly property string problem: conversation.composer.problem
    visible: problem.length > 0
    implicitHeight: visible ? Theme.size.control : 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: problem

    Icon {
        id: mark
        anchors.verticalCenter: parent.verticalCenter
        x: 5
        name: "error"
        color: Theme.color.bad
    }
    Label {
        objectName: "questionTooLong"
        anchors.left: mark.right
        anchors.leftMargin: 6
        anchors.right: buttons.left
        anchors.rightMargin: 8
        height: parent.height
        text: root.problem
        font: Theme.font.smallMedium
        color: Theme.color.bad
        Accessible.ignored: true
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4
        Button {
            objectName: "raiseContext"
            compact: true
            text: qsTr("Raise the context")
            onClicked: root.contextRequested()
        }
        Button {
            objectName: "sendTheEnd"
            compact: true
            kind: "quiet"
            text: qsTr("Send the end only")
            onClicked: root.conversation.sendTheEnd()
        }
    }
}
