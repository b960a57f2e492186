// The keys of the window. Each also stands on the sheet of keys (Dialogs/KeySheet.qml).
import QtQuick
import Deepwell.ViewModels

Item {
    id: root
    required property Surface surface
    required property ApplicationModel application
    readonly property ConversationModel conversation: application.conversation
    readonly property bool onPage: application.page === "conversation"
    signal fullScreenRequested()

    Shortcut {
        sequence: "Ctrl+N"
        onActivated: root.application.newConversation()
    }
    Shortcut {
        sequence: "Ctrl+Shift+F"
        onActivated: root.application.showSearch()
    }
    Shortcut {
        sequences: ["Ctrl+PgUp"]
        onActivated: root.application.openNeighbour(-1)
    }
    Shortcut {
        sequences: ["Ctrl+PgDown"]
        onActivated: root.application.openNeighbour(1)
    }
    Shortcut {
        sequence: "F2"
        enabled: root.onPage
        onActivated: root.surface.editTitle()
    }
    Shortcut {
        sequence: "Ctrl+E"
        enabled: root.onPage
        onActivated: root.surface.openExport()
    }
    Shortcut {
        sequence: "Ctrl+Shift+Del"
        onActivated: root.application.removeCurrent()
    }
    Shortcut {
        sequence: "Ctrl+M"
        onActivated: {
            root.application.goBack()
            root.surface.openSwitcher()
        }
    }
    Shortcut {
        sequence: "Ctrl+Shift+M"
        onActivated: root.application.variant.unload()
    }
    Shortcut {
        sequence: "Ctrl+B"
        onActivated: root.surface.toggleSidebar()
    }
    Shortcut {
        sequence: "Ctrl+,"
        onActivated: root.application.showSettings("models")
    }
    Shortcut {
        sequence: "F1"
        onActivated: root.surface.openKeys()
    }
    Shortcut {
        sequence: "F11"
        onActivated: root.fullScreenRequested()
    }
    Shortcut {
        sequence: "F6"
        onActivated: root.surface.nextArea(1)
    }
    Shortcut {
        sequence: "Shift+F6"
        onActivated: root.surface.nextArea(-1)
    }
    Shortcut {
        sequences: ["Ctrl++", "Ctrl+="]
        onActivated: root.application.settings.stepTextSize(1)
    }
    Shortcut {
        sequence: "Ctrl+-"
        onActivated: root.application.settings.stepTextSize(-1)
    }
    Shortcut {
        sequence: "Ctrl+0"
        onActivated: root.application.settings.stepTextSize(0)
    }
    Shortcut {
        sequence: "Esc"
        onActivated: root.application.escape()
    }
    Shortcut {
        sequence: "Ctrl+J"
        onActivated: root.conversation.answerNow()
    }
    Shortcut {
        sequence: "Ctrl+T"
        onActivated: root.conversation.toggleLastThought()
    }
    Shortcut {
        sequence: "Ctrl+Shift+T"
        onActivated: root.conversation.toggleAllThoughts()
    }
    Shortcut {
        sequence: "Ctrl+R"
        onActivated: root.conversation.tryAgainLast()
    }
    Shortcut {
        sequence: "Alt+Left"
        onActivated: root.conversation.stepVersion(-1)
    }
    Shortcut {
        sequence: "Alt+Right"
        onActivated: root.conversation.stepVersion(1)
    }
    Shortcut {
        sequence: "Alt+Up"
        onActivated: root.surface.messageStep(-1)
    }
    Shortcut {
        sequence: "Alt+Down"
        onActivated: root.surface.messageStep(1)
    }
    Shortcut {
        sequence: "Ctrl+Shift+C"
        onActivated: root.conversation.copyLast()
    }
    Shortcut {
        sequence: "Ctrl+End"
        onActivated: root.surface.toEnd()
    }
    Shortcut {
        sequence: "Ctrl+L"
        onActivated: {
            root.application.goBack()
            root.surface.focusComposer()
        }
    }
    Shortcut {
        sequence: "Ctrl+Shift+H"
        onActivated: root.conversation.cycleEffort()
    }
    Shortcut {
        sequence: "Ctrl+Shift+L"
        onActivated: root.application.settings.toggleTheme()
    }
    Shortcut {
        sequence: "Ctrl+Q"
        onActivated: root.application.quit()
    }
}
