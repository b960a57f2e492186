// Sidebar or rail at the left, conversation or search beside it.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Conversation
import Deepwell.Dialogs
import Deepwell.Sidebar
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    property bool sidebarHidden: false
    property int sidebarWidth: Math.round(256 * Math.max(1, Theme.textFactor * 0.85))
    readonly property bool narrow: width < 960 || Theme.size.railForced
    readonly property bool rail: narrow || sidebarHidden
    readonly property bool searching: application.page === "search"
    readonly property real contentX: conversation.x
    readonly property real contentWidth: conversation.width
    readonly property real usedBelow: searching ? 12 : conversation.usedBelow
    signal keysRequested()
    signal exportRequested(string conversationId)

    function focusComposer(): void {
        conversation.focusComposer()
    }
    function openSwitcher(): void {
        conversation.openSwitcher()
    }
    function toEnd(): void {
        conversation.toEnd()
    }
    function editTitle(): void {
        conversation.editTitle()
    }
    function messageStep(step: int): void {
        conversation.messageStep(step)
    }
    function toggleSidebar(): void {
        if (narrow) {
            drawer.opened ? drawer.close() : drawer.open()
        } else {
            sidebarHidden = !sidebarHidden
        }
    }
    function pageShown(): void {
        if (searching) {
            search.focusField()
        } else {
            conversation.focusComposer()
        }
    }
    // Sidebar, messages, composer: F6 goes round.
    function nextArea(step: int): void {
        const areas = [() => sidebar.focusList(), () => conversation.focusMessages(), () => conversation.focusComposer()]
        const here = sidebar.activeFocus ? 0 : conversation.composerFocused ? 2 : 1
        let next = (here + step + 3) % 3
        if (next === 0 && rail) {
            next = (next + step + 3) % 3
        }
        areas[next]()
    }

    Sidebar {
        id: sidebar
        objectName: "sidebar"
        visible: !root.rail
        width: root.rail ? 0 : root.sidebarWidth
        height: parent.height
        application: root.application
        onHideRequested: root.toggleSidebar()
        onKeysRequested: root.keysRequested()
        onExportRequested: (id) => root.exportRequested(id)
        // The line between sidebar and page can be dragged.
        MouseArea {
            anchors.right: parent.right
            anchors.rightMargin: -3
            width: 6
            height: parent.height
            cursorShape: Qt.SplitHCursor
            onPositionChanged: (mouse) => {
                root.sidebarWidth = Math.max(208, Math.min(360, mapToItem(root, mouse.x, 0).x))
            }
        }
    }
    Rail {
        id: rail
        objectName: "rail"
        visible: root.rail
        width: 48
        height: parent.height
        application: root.application
        onListRequested: root.toggleSidebar()
        onKeysRequested: root.keysRequested()
    }
    ConversationPage {
        id: conversation
        objectName: "conversationPage"
        x: LayoutMirroring.enabled ? 0 : root.rail ? rail.width : sidebar.width
        width: parent.width - (root.rail ? rail.width : sidebar.width)
        height: parent.height
        visible: !root.searching
        enabled: visible
        focus: true
        narrow: root.narrow
        application: root.application
        onExportRequested: root.exportRequested(root.application.conversation.conversationId)
    }
    SearchPage {
        id: search
        objectName: "searchPage"
        x: conversation.x
        width: conversation.width
        height: parent.height
        visible: root.searching
        enabled: visible
        application: root.application
    }
    T.Drawer {
        id: drawer
        objectName: "drawer"
        edge: root.LayoutMirroring.enabled ? Qt.RightEdge : Qt.LeftEdge
        width: Math.min(Math.round(288 * Math.max(1, Theme.textFactor * 0.8)), root.width - 48)
        height: root.height
        modal: false
        interactive: opened
        padding: 0
        background: Rectangle {
            color: Theme.color.window
            Shadow { z: -1 }
        }
        enter: Transition { NumberAnimation { property: "position"; to: 1; duration: Theme.motion.fold; easing.type: Easing.OutCubic } }
        exit: Transition { NumberAnimation { property: "position"; to: 0; duration: Theme.motion.fold; easing.type: Easing.OutCubic } }
        contentItem: Sidebar {
            application: root.application
            onHideRequested: drawer.close()
            onKeysRequested: {
                drawer.close()
                root.keysRequested()
            }
            onExportRequested: (id) => {
                drawer.close()
                root.exportRequested(id)
            }
        }
    }
    Connections {
        target: root.application.conversation
        function onConversationChanged(): void {
            drawer.close()
            if (!root.searching) {
                conversation.focusComposer()
            }
        }
    }
    // Whoever types means the question.
    Keys.onPressed: (event) => {
        const plain = !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))
        if (plain && event.text.length > 0 && event.text.charCodeAt(0) > 32 && event.key !== Qt.Key_Delete
                && !searching && !conversation.composerFocused) {
            event.accepted = true
            conversation.focusComposer()
            application.conversation.composer.type(event.text)
        }
    }
}
