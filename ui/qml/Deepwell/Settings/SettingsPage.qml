// Settings, in the place of sidebar and conversation. Changes apply at once; Esc goes back.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Conversation
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    property bool narrow: false
    signal backRequested()
    signal keysRequested()

    Rectangle {
        anchors.fill: parent
        color: Theme.color.paper
    }
    SettingsList {
        id: list
        width: root.narrow ? 48 : Math.round(208 * Math.max(1, Theme.textFactor * 0.8))
        height: parent.height
        narrow: root.narrow
        page: root.application.settingsPage
        onPageChosen: (page) => page === "keyboard" ? root.keysRequested() : root.application.showSettings(page)
        onBackRequested: root.backRequested()
    }
    Item {
        id: head
        x: list.width
        width: parent.width - x
        height: Theme.size.header
        Label {
            x: 16
            height: parent.height
            text: list.titleOf(root.application.settingsPage)
            font: Theme.font.heading
            Accessible.role: Accessible.Heading
        }
        Row {
            visible: root.application.settingsPage === "generation"
            anchors.right: parent.right
            anchors.rightMargin: 12
            height: parent.height
            spacing: 8
            Label {
                visible: !root.narrow
                height: parent.height
                text: qsTr("Applies to")
                color: Theme.color.text2
            }
            ComboBox {
                objectName: "appliesTo"
                anchors.verticalCenter: parent.verticalCenter
                width: 220
                name: qsTr("Applies to")
                model: root.application.generation.models
                currentIndex: root.application.generation.appliesTo
                onActivated: (index) => root.application.generation.appliesTo = index
            }
        }
        DeviceChip {
            visible: root.application.settingsPage !== "generation"
            anchors.right: parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            device: root.application.device
            compact: root.narrow
            onUnloadRequested: root.application.variant.unload()
        }
        Separator {
            width: parent.width
            anchors.bottom: parent.bottom
        }
    }
    Loader {
        id: page
        objectName: "settingsContent"
        x: list.width
        y: head.height
        width: parent.width - x
        height: parent.height - y
        focus: true
        active: root.visible
        sourceComponent: root.application.settingsPage === "generation" ? generation
            : root.application.settingsPage === "appearance" ? appearance
            : root.application.settingsPage === "hardware" ? hardware
            : root.application.settingsPage === "about" ? about : models
    }
    Component {
        id: models
        ModelsPage {
            variants: root.application.variants
            folders: root.application.folders
            application: root.application
        }
    }
    Component {
        id: generation
        GenerationPage { settings: root.application.generation }
    }
    Component {
        id: appearance
        AppearancePage { settings: root.application.settings }
    }
    Component {
        id: hardware
        HardwarePage {
            settings: root.application.settings
            device: root.application.device
        }
    }
    Component {
        id: about
        AboutPage { application: root.application }
    }
}
