// Everything inside the window: conversation, settings or search, the dialogs, the toast. Takes the
// theme's inputs from the settings.
import QtQuick
import Deepwell.Theme
import Deepwell.Dialogs
import Deepwell.Settings
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    readonly property bool inSettings: application.page === "settings"

    LayoutMirroring.enabled: Application.layoutDirection === Qt.RightToLeft
    LayoutMirroring.childrenInherit: true

    function focusComposer(): void {
        page.focusComposer()
    }
    function openKeys(): void {
        keySheet.open()
    }
    function openExport(): void {
        if (!application.conversation.empty) {
            application.exporting.open(application.conversation.conversationId)
            exportDialog.open()
        }
    }
    function openExportOf(id: string): void {
        application.exporting.open(id)
        exportDialog.open()
    }
    function openSwitcher(): void {
        page.openSwitcher()
    }
    function toggleSidebar(): void {
        page.toggleSidebar()
    }
    function nextArea(step: int): void {
        page.nextArea(step)
    }
    function toEnd(): void {
        page.toEnd()
    }
    function editTitle(): void {
        page.editTitle()
    }
    function messageStep(step: int): void {
        page.messageStep(step)
    }

    Binding {
        target: Theme
        property: "dark"
        value: root.application.settings.dark
    }
    Binding {
        target: Theme
        property: "textFactor"
        value: root.application.settings.textSize / 100
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.application.settings.reducedMotion
    }
    Binding {
        target: Theme
        property: "readingWidth"
        value: root.application.settings.readingWidthName
    }
    MainPage {
        id: page
        anchors.fill: parent
        visible: !root.inSettings
        enabled: visible
        focus: !root.inSettings
        application: root.application
        onKeysRequested: root.openKeys()
        onExportRequested: (id) => root.openExportOf(id)
    }
    SettingsPage {
        id: settings
        objectName: "settingsPage"
        anchors.fill: parent
        visible: root.inSettings
        enabled: visible
        focus: root.inSettings
        narrow: width < 960 || Theme.size.railForced
        application: root.application
        onBackRequested: root.application.goBack()
        onKeysRequested: root.openKeys()
    }
    Item {
        objectName: "announcer"
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.application.announcement
    }
    Toast {
        x: Math.round(root.inSettings ? (root.width - width) / 2 : page.contentX + (page.contentWidth - width) / 2)
        y: root.height - height - (root.inSettings ? 24 : page.usedBelow + 12)
        toasts: root.application.toasts
    }
    ExportDialog {
        id: exportDialog
        exporting: root.application.exporting
    }
    KeySheet { id: keySheet }
    Connections {
        target: root.application
        function onSwitcherRequested(): void {
            page.openSwitcher()
        }
        function onExportRequested(): void {
            root.openExport()
        }
        function onPageChanged(): void {
            if (!root.inSettings) {
                page.pageShown()
            }
        }
    }
}
