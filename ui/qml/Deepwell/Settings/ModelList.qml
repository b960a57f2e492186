// The table of models.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property VariantListModel variants
    signal importRequested()
    spacing: 6

    Item {
        width: parent.width
        height: Theme.size.control
        Row {
            height: parent.height
            spacing: 8
            Label {
                height: parent.height
                text: qsTr("Models")
                font: Theme.font.heading
                Accessible.role: Accessible.Heading
            }
            Label {
                height: parent.height
                text: root.variants.countText
                font: Theme.font.small
                color: Theme.color.text2
            }
        }
        Row {
            anchors.right: parent.right
            spacing: 4
            Button {
                objectName: "rescan"
                kind: "quiet"
                iconName: "retry"
                busy: root.variants.scanning
                text: qsTr("Rescan")
                onClicked: root.variants.rescan()
            }
            Button {
                objectName: "importFile"
                iconName: "import"
                text: qsTr("Import file…")
                onClicked: root.importRequested()
            }
        }
    }
    Card {
        width: parent.width
        height: head.height + rows.height + 2
        FocusRing {
            visible: rows.activeFocus
            innerRadius: Theme.size.radiusCard
        }
        Item {
            id: head
            width: parent.width
            height: Theme.size.smallLine + 12
            Label {
                x: 12
                height: parent.height
                text: qsTr("Model")
                font: Theme.font.small
                color: Theme.color.text2
            }
            Label {
                anchors.right: parent.right
                anchors.rightMargin: Math.round(16 + 88 * Math.max(1, Theme.textFactor)) - width + 0
                width: Math.round(100 * Math.max(1, Theme.textFactor))
                height: parent.height
                text: qsTr("On this computer")
                font: Theme.font.small
                color: Theme.color.text2
            }
        }
        Column {
            id: rows
            objectName: "modelRows"
            x: 1
            y: head.height
            width: parent.width - 2
            activeFocusOnTab: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Models")
            Keys.onUpPressed: root.variants.choose(root.variants.chosenRow - 1)
            Keys.onDownPressed: root.variants.choose(root.variants.chosenRow + 1)
            Repeater {
                model: root.variants
                ModelRow {
                    width: rows.width
                    onPicked: root.variants.choose(index)
                }
            }
            Label {
                visible: root.variants.folders.length >= 0 && rows.children.length <= 2
                width: parent.width
                height: 56
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("No models yet")
                color: Theme.color.text2
            }
        }
    }
}
