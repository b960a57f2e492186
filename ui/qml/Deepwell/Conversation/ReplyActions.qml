// What can be done with an answer: always there, quiet.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Row {
    id: root
    required property var row
    readonly property ConversationModel conversation: row.conversation
    signal exportRequested()
    signal editRequested()
    spacing: 2

    IconButton {
        objectName: "copyAnswer"
        compact: true
        iconName: "copy"
        tip: qsTr("Copy the answer")
        onClicked: root.row.messages.copy(root.row.messageId)
    }
    IconButton {
        objectName: "tryAgain"
        compact: true
        iconName: "retry"
        tip: qsTr("Try again")
        keys: qsTr("Ctrl R")
        onClicked: root.conversation.tryAgain(root.row.messageId)
    }
    IconButton {
        objectName: "editQuestionOfAnswer"
        compact: true
        iconName: "pencil"
        tip: qsTr("Edit the question")
        onClicked: root.editRequested()
    }
    IconButton {
        objectName: "branchHere"
        compact: true
        iconName: "branch"
        tip: qsTr("Branch here")
        onClicked: root.conversation.branchHere(root.row.messageId)
    }
    IconButton {
        id: more
        objectName: "moreActions"
        compact: true
        iconName: "more"
        tip: qsTr("More")
        onClicked: holder.active = true
        Loader {
            id: holder
            active: false
            sourceComponent: Item {
                ReplyMenu {
                    id: menu
                    hasThought: root.row.thought !== null && root.row.thought.hasText
                    onClosed: holder.active = false
                    onCopyMarkdownRequested: root.row.messages.copyMarkdown(root.row.messageId)
                    onReadThoughtRequested: root.row.messages.toggleFold(root.row.messageId)
                    onExportRequested: root.exportRequested()
                    onRemoveRequested: root.conversation.removeMessage(root.row.messageId)
                    Component.onCompleted: popup(more, 0, more.height + 4)
                }
            }
        }
    }
    VersionSteps {
        visible: root.row.versionCount > 1
        leftPadding: 8
        index: root.row.versionIndex
        count: root.row.versionCount
        onChosen: (step) => root.conversation.chooseVersion(root.row.messageId, step)
    }
}
