// Model for this conversation: what each needs, whether it fits, and the context of the chosen one.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Popup {
    id: root
    required property VariantListModel variants
    signal manageRequested()
    objectName: "variantSwitcher"
    width: Math.min(Math.round(560 * Math.max(1, Theme.textFactor * 0.75)), parent ? parent.width - 16 : 560)
    padding: 0
    onAboutToShow: variants.begin()
    onOpened: list.forceActiveFocus()

    contentItem: Column {
        Item {
            width: root.width
            height: Math.max(40, Theme.size.uiLine + 20)
            Label {
                x: 16
                height: parent.height + 4
                text: qsTr("Model for this conversation")
                font: Theme.font.heading
                Accessible.role: Accessible.Heading
            }
            Label {
                anchors.right: parent.right
                anchors.rightMargin: 16
                height: parent.height + 4
                text: root.variants.freeText
                font: Theme.font.small
                color: Theme.color.text3
            }
        }
        ListView {
            id: list
            objectName: "variantList"
            x: 4
            width: root.width - 8
            height: Math.min(contentHeight, 312)
            clip: true
            model: root.variants
            keyNavigationEnabled: false
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Models")
            delegate: VariantRow {
                width: list.width
                onPicked: root.variants.choose(index)
            }
            Keys.onUpPressed: root.variants.choose(root.variants.chosenRow - 1)
            Keys.onDownPressed: root.variants.choose(root.variants.chosenRow + 1)
            Keys.onReturnPressed: if (root.variants.canSwitch) root.accept()
            WheelStep { flickable: list }
        }
        Label {
            visible: list.count === 0
            width: root.width
            height: 64
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("No models yet")
            color: Theme.color.text2
        }
        Item {
            width: 1
            height: 4
        }
        Separator { width: root.width }
        ContextPicker {
            x: 16
            width: root.width - 32
            visible: root.variants.stops.length > 0
            variants: root.variants
        }
        Separator {
            width: root.width
            visible: root.variants.stops.length > 0
        }
        Item {
            width: root.width
            height: Theme.size.control + 24
            Button {
                objectName: "manageModels"
                x: 17
                anchors.verticalCenter: parent.verticalCenter
                kind: "link"
                text: qsTr("Manage models…")
                onClicked: {
                    root.close()
                    root.manageRequested()
                }
            }
            Row {
                anchors.right: parent.right
                anchors.rightMargin: 16
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8
                Button {
                    kind: "quiet"
                    text: qsTr("Cancel")
                    onClicked: root.close()
                }
                Button {
                    objectName: "switchButton"
                    kind: "primary"
                    enabled: root.variants.canSwitch
                    text: root.variants.primaryText
                    onClicked: root.accept()
                }
            }
        }
    }
    function accept(): void {
        variants.switchTo()
        close()
    }
}
