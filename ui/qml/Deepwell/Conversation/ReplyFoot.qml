// Below an answer: how it ended if not by itself, the actions, the versions, the figures.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property var row
    readonly property ConversationModel conversation: row.conversation
    signal exportRequested()
    signal editRequested()
    spacing: 8

    Item {
        visible: root.row.stateText.length > 0
        width: parent.width
        height: Theme.size.control
        Icon {
            id: mark
            anchors.verticalCenter: parent.verticalCenter
            name: root.row.stateIcon
        }
        Label {
            objectName: "replyState"
            anchors.left: mark.right
            anchors.leftMargin: 8
            anchors.right: buttons.left
            height: parent.height
            text: root.row.stateText
            color: Theme.color.text2
        }
        Row {
            id: buttons
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4
            Button {
                objectName: "continueReply"
                visible: root.row.canContinue
                compact: true
                iconName: "play"
                text: qsTr("Continue")
                onClicked: root.conversation.continueReply(root.row.messageId)
            }
            Button {
                objectName: "answerFromHere"
                visible: root.row.canAnswerNow
                compact: true
                kind: "quiet"
                iconName: "skip"
                text: qsTr("Answer now")
                onClicked: root.conversation.answerFromHere(root.row.messageId)
            }
            Button {
                compact: true
                kind: "quiet"
                iconName: "retry"
                text: qsTr("Try again")
                onClicked: root.conversation.tryAgain(root.row.messageId)
            }
        }
    }
    Item {
        width: parent.width
        height: Theme.size.action
        ReplyActions {
            id: actions
            x: LayoutMirroring.enabled ? parent.width - width + 6 : -6
            row: root.row
            onExportRequested: root.exportRequested()
            onEditRequested: root.editRequested()
        }
        Label {
            objectName: "replyStatistics"
            anchors.right: parent.right
            height: parent.height
            width: Math.min(implicitWidth, parent.width - actions.width)
            text: root.row.statistics
            font: Theme.font.small
            color: Theme.color.text3
        }
    }
}
