// The pages of the settings.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

Rectangle {
    id: root
    required property string page
    property bool narrow: false
    readonly property var pages: [
        {name: "models", icon: "document", title: qsTr("Models")},
        {name: "generation", icon: "sliders", title: qsTr("Generation")},
        {name: "appearance", icon: "moon", title: qsTr("Appearance")},
        {name: "hardware", icon: "chip", title: qsTr("Hardware")},
        {name: "keyboard", icon: "keyboard", title: qsTr("Keyboard")},
        {name: "about", icon: "info", title: qsTr("About")}]
    signal pageChosen(string page)
    signal backRequested()
    color: Theme.color.window

    component HintWord: Label {
        rightPadding: 4
        height: Theme.size.smallLine
        font: Theme.font.small
        color: Theme.color.text3
    }

    function titleOf(name: string): string {
        const found = pages.find((each) => each.name === name)
        return found ? found.title : ""
    }

    IconButton {
        id: back
        objectName: "settingsBack"
        x: 8
        y: (Theme.size.header - height) / 2
        width: 32
        iconName: LayoutMirroring.enabled ? "chevron-right" : "chevron-left"
        tip: qsTr("Back")
        keys: qsTr("Esc")
        onClicked: root.backRequested()
    }
    Label {
        visible: !root.narrow
        x: 48
        height: Theme.size.header
        text: qsTr("Settings")
        font: Theme.font.appTitle
    }
    Column {
        x: 8
        y: Theme.size.header + 4
        width: parent.width - 17
        spacing: 2
        Repeater {
            model: root.pages
            T.Button {
                id: row
                required property var modelData
                readonly property bool chosen: modelData.name === root.page
                objectName: "settings-" + modelData.name
                width: parent.width
                height: Theme.size.control
                text: modelData.title
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                Accessible.name: text
                onClicked: root.pageChosen(modelData.name)
                background: RowBack {
                    control: row
                    chosen: row.chosen
                    barred: true
                    FocusRing { visible: row.visualFocus }
                }
                contentItem: Item {
                    Icon {
                        x: 8
                        anchors.verticalCenter: parent.verticalCenter
                        name: row.modelData.icon
                        color: row.chosen ? Theme.color.textOnTint : Theme.color.text2
                    }
                    Label {
                        visible: !root.narrow
                        x: 32
                        height: parent.height
                        width: parent.width - x
                        text: row.text
                        color: row.chosen ? Theme.color.textOnTint : Theme.color.text1
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    Item {
        visible: !root.narrow
        y: parent.height - height
        width: parent.width
        height: hint.height + 17
        Separator { width: parent.width }
        Flow {
            id: hint
            x: 16
            y: 9
            width: parent.width - 32
            HintWord { text: qsTr("Changes apply at once.") }
            Item {
                width: cap.width + 4
                height: Theme.size.smallLine
                KeyCap {
                    id: cap
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("Esc")
                }
            }
            HintWord { text: qsTr("goes back.") }
        }
    }
    Separator {
        upright: true
        anchors.right: parent.right
        height: parent.height
    }
}
