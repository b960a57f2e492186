// The conversations, grouped: pinned, then by day.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

ListView {
    id: root
    required property ApplicationModel application
    signal exportRequested(string conversationId)

    model: application.conversations
    clip: true
    cacheBuffer: 600
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    keyNavigationEnabled: true
    currentIndex: application.conversations.currentRow
    highlightFollowsCurrentItem: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Conversations")

    section.property: "group"
    section.delegate: Label {
        required property string section
        width: root.width
        height: Theme.size.control
        leftPadding: 8
        topPadding: 8
        text: section
        font: Theme.font.group
        color: Theme.color.text3
        Accessible.role: Accessible.Heading
    }
    delegate: ConversationRow {
        width: root.width - 8
        chosen: conversationId === root.application.conversations.currentId
        onOpenRequested: root.application.open(conversationId)
        onRenamed: (name) => root.application.conversations.rename(conversationId, name)
        onRemoveRequested: root.application.removeConversation(conversationId)
        onMenuRequested: (at) => {
            menu.row = this
            menu.popup(at, 0, at.height + 4)
        }
    }
    Keys.onReturnPressed: if (currentItem) (currentItem as ConversationRow).openRequested()
    Keys.onEnterPressed: if (currentItem) (currentItem as ConversationRow).openRequested()
    Keys.onDeletePressed: if (currentItem) (currentItem as ConversationRow).removeRequested()
    // Here F2 means the row, not the title above the messages.
    Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_F2 && currentItem !== null
    Keys.onPressed: (event) => {
        if (event.key === Qt.Key_F2 && currentItem) {
            (currentItem as ConversationRow).editTitle()
            event.accepted = true
        } else if ((event.key === Qt.Key_Menu || event.key === Qt.Key_F10 && event.modifiers & Qt.ShiftModifier) && currentItem) {
            (currentItem as ConversationRow).menuRequested(currentItem)
            event.accepted = true
        }
    }
    ConversationMenu {
        id: menu
        property ConversationRow row: null
        pinned: row ? row.pinned : false
        onRenameRequested: row.editTitle()
        onPinToggled: root.application.conversations.setPinned(row.conversationId, !row.pinned)
        onExportRequested: root.exportRequested(row.conversationId)
        onRemoveRequested: row.removeRequested()
    }
    WheelStep {
        flickable: root
        line: Theme.size.control
    }
}
