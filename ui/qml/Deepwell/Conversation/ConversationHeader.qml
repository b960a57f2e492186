// Title, model, memory, export and more, in 48 px.
import QtQuick
import QtQuick.Layouts
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ApplicationModel application
    property bool narrow: false
    readonly property ConversationModel conversation: application.conversation
    readonly property bool tight: width < 900 || Theme.textFactor >= 1.5
    signal exportRequested()
    implicitHeight: Theme.size.header

    function editTitle(): void {
        title.edit()
    }
    function openSwitcher(): void {
        switcher.open()
    }

    TitleField {
        id: title
        objectName: "title"
        x: 16
        width: Math.max(0, tools.x - x - 12)
        height: parent.height
        text: root.conversation.title
        editable: !root.conversation.empty
        onRenamed: (name) => root.conversation.rename(name)
    }
    RowLayout {
        id: tools
        anchors.right: parent.right
        anchors.rightMargin: 12
        height: parent.height
        spacing: 8
        VariantButton {
            id: variantButton
            objectName: "variantButton"
            variant: root.application.variant
            compact: root.tight
            Layout.maximumWidth: Math.max(120, root.width * 0.5)
            active: switcher.opened
            onClicked: switcher.opened ? switcher.close() : switcher.open()
        }
        DeviceChip {
            id: deviceChip
            objectName: "deviceChip"
            device: root.application.device
            compact: root.tight
            onUnloadRequested: root.application.variant.unload()
        }
        Row {
            spacing: 8
            IconButton {
                objectName: "exportButton"
                iconName: "export"
                tip: qsTr("Export conversation…")
                keys: qsTr("Ctrl E")
                enabled: !root.conversation.empty
                onClicked: root.exportRequested()
            }
            IconButton {
                id: moreButton
                objectName: "moreButton"
                iconName: "more"
                tip: qsTr("More")
                onClicked: more.popup(moreButton, 0, height + 4)
            }
        }
    }
    Separator {
        anchors.bottom: parent.bottom
        width: parent.width
    }
    VariantSwitcher {
        id: switcher
        variants: root.application.variants
        // Its end a little before that of the chip beside the button.
        x: Math.max(8, Math.min(root.width - width, tools.x + deviceChip.x + deviceChip.width - width) - 8)
        y: root.height + 4
        onManageRequested: root.application.showSettings("models")
    }
    Menu {
        id: more
        MenuItem {
            iconName: "pencil"
            text: qsTr("Rename")
            keys: "F2"
            enabled: !root.conversation.empty
            onTriggered: root.editTitle()
        }
        MenuItem {
            iconName: "chevron-down"
            text: qsTr("Fold or open all thoughts")
            enabled: !root.conversation.empty
            onTriggered: root.conversation.toggleAllThoughts()
        }
        MenuSeparator {}
        MenuItem {
            iconName: "trash"
            text: qsTr("Delete conversation")
            danger: true
            enabled: !root.conversation.empty
            onTriggered: root.application.removeConversation(root.conversation.conversationId)
        }
    }
}
