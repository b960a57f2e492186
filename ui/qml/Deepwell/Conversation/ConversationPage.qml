// One conversation: header, messages or the start page, banner, run line, composer.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Composer
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    property bool narrow: false
    readonly property ConversationModel conversation: application.conversation
    readonly property bool composerFocused: composer.activeFocus
    // From the bottom up to the messages' end: nothing is to lie over what stands there.
    readonly property real usedBelow: height - (toEnd.visible ? toEnd.y : banner.visible ? banner.y : runLine.visible ? runLine.y : composer.y)
    signal exportRequested()

    function focusComposer(): void {
        composer.focusField()
    }
    function focusMessages(): void {
        messages.forceActiveFocus()
    }
    function toEnd(): void {
        messages.follow()
    }
    function editTitle(): void {
        header.editTitle()
    }
    function openSwitcher(): void {
        header.openSwitcher()
    }
    function messageStep(step: int): void {
        messages.messageStep(step)
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.color.paper
    }
    ConversationHeader {
        id: header
        width: parent.width
        application: root.application
        narrow: root.narrow
        onExportRequested: root.exportRequested()
    }
    MessageList {
        id: messages
        objectName: "messageList"
        visible: !root.conversation.empty
        enabled: visible
        y: header.height
        width: parent.width
        height: Math.max(0, (banner.visible ? banner.y : runLine.visible ? runLine.y : composer.y) - y - 8)
        conversation: root.conversation
        onEditRequested: (id) => root.conversation.beginEdit(id)
        onExportRequested: root.exportRequested()
        onContextRequested: root.openSwitcher()
    }
    StartPage {
        visible: root.conversation.empty
        enabled: visible
        y: header.height
        width: parent.width
        height: (banner.visible ? banner.y : composer.y) - y
        application: root.application
        onQuestionChosen: (question) => {
            root.conversation.composer.text = question
            composer.focusField()
        }
    }
    Connections {
        target: root.application
        function onMessageRequested(message: string): void {
            messages.showMessage(message)
        }
    }
    ToEndButton {
        id: toEnd
        objectName: "toEnd"
        anchors.horizontalCenter: messages.horizontalCenter
        y: messages.y + messages.height - height
        visible: messages.visible && !messages.following && !messages.endInView
        onClicked: messages.follow()
    }
    Banner {
        id: banner
        objectName: "banner"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Theme.size.column, parent.width - Theme.size.columnMargin)
        y: (runLine.visible ? runLine.y : composer.y) - height - 12
        problems: root.application.problems
        onActionChosen: (kind) => root.application.problems.act(kind)
    }
    RunLine {
        id: runLine
        objectName: "runLine"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Theme.size.column, parent.width - Theme.size.columnMargin)
        y: composer.y - height - 8
        conversation: root.conversation
        narrow: root.narrow
    }
    Composer {
        id: composer
        objectName: "composer"
        focus: true
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Theme.size.column + Math.round(32 + 28 * Math.max(0, Theme.textFactor - 1)), parent.width - Theme.size.columnMargin + 16)
        y: parent.height - height - 12
        maximumHeight: Math.round(root.height * 0.4)
        conversation: root.conversation
        narrow: root.narrow
        onFollowRequested: messages.follow()
        onSamplingRequested: root.application.showSettings("generation")
        onContextRequested: root.openSwitcher()
    }
}
