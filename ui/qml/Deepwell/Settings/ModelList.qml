// The table of models.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property VariantListModel variants
    required property ModelFoldersModel folders
    signal importRequested()
    spacing: 8

    component ColumnHead: Label {
        height: parent ? parent.height : 0
        font: Theme.font.small
        color: Theme.color.text2
    }
    ModelColumns { id: table }

    Item {
        width: parent.width
        height: Theme.size.action
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
                text: root.folders.countText
                font: Theme.font.small
                color: Theme.color.text2
            }
        }
        Row {
            anchors.right: parent.right
            spacing: 4
            Button {
                objectName: "rescan"
                compact: true
                kind: "quiet"
                iconName: "retry"
                busy: root.folders.scanning
                text: qsTr("Rescan")
                onClicked: root.folders.rescan()
            }
            Button {
                objectName: "importFile"
                compact: true
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
            ColumnHead {
                x: table.name
                text: qsTr("Model")
            }
            ColumnHead {
                x: parent.width - table.format
                text: qsTr("Format")
            }
            ColumnHead {
                x: parent.width - table.sizeEnd - width
                text: qsTr("Size")
            }
            ColumnHead {
                x: parent.width - table.state
                width: table.state
                text: root.variants.onCard ? qsTr("On this card") : qsTr("On this computer")
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
                id: modelRows
                model: root.variants
                ModelRow {
                    width: rows.width
                    places: table
                    onPicked: root.variants.choose(index)
                }
            }
            Label {
                visible: modelRows.count === 0
                width: parent.width
                height: 56
                horizontalAlignment: Text.AlignHCenter
                text: qsTr("No models yet")
                color: Theme.color.text2
            }
        }
    }
}
