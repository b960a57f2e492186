// Conversations at the left: new, search, the list by days, settings below.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    signal hideRequested()
    signal keysRequested()
    signal exportRequested(string conversationId)

    function focusList(): void {
        list.forceActiveFocus()
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.color.window
    }
    SidebarHead {
        id: head
        width: parent.width
        onHideRequested: root.hideRequested()
    }
    SidebarButton {
        id: newButton
        objectName: "newConversation"
        x: 8
        y: head.height + 4
        width: parent.width - 17
        text: qsTr("New conversation")
        keys: qsTr("Ctrl N")
        iconName: "plus"
        strong: true
        onClicked: root.application.newConversation()
    }
    SidebarButton {
        id: searchButton
        objectName: "searchButton"
        x: 8
        y: newButton.y + newButton.height + 8
        width: parent.width - 17
        text: qsTr("Search")
        keys: qsTr("Ctrl Shift F")
        iconName: "search"
        active: root.application.page === "search"
        onClicked: root.application.showSearch()
    }
    ConversationList {
        id: list
        objectName: "conversationList"
        x: 8
        y: searchButton.y + searchButton.height + 8
        width: parent.width - 9
        height: foot.y - y
        application: root.application
        onExportRequested: (id) => root.exportRequested(id)
    }
    Label {
        visible: list.count === 0
        x: 16
        y: searchButton.y + searchButton.height + 24
        width: parent.width - 32
        text: qsTr("No conversations yet.\nThey are kept on this computer only.")
        color: Theme.color.text3
        wrapMode: Text.Wrap
    }
    SidebarFoot {
        id: foot
        width: parent.width
        y: parent.height - height
        application: root.application
        onKeysRequested: root.keysRequested()
    }
    Separator {
        upright: true
        anchors.right: parent.right
        height: parent.height
    }
}
