// The folders that are looked into.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property VariantListModel variants
    signal addRequested()
    spacing: 6

    Item {
        width: parent.width
        height: Theme.size.control
        Label {
            height: parent.height
            text: qsTr("Folders")
            font: Theme.font.heading
            Accessible.role: Accessible.Heading
        }
        Button {
            objectName: "addFolder"
            anchors.right: parent.right
            iconName: "plus"
            text: qsTr("Add folder…")
            onClicked: root.addRequested()
        }
    }
    Card {
        width: parent.width
        height: rows.height + 2
        Column {
            id: rows
            x: 1
            y: 1
            width: parent.width - 2
            Repeater {
                model: root.variants.folders
                Item {
                    id: row
                    required property int index
                    required property var modelData
                    width: parent.width
                    height: Math.max(40, Theme.size.uiLine + 20)
                    Separator {
                        visible: row.index > 0
                        width: parent.width
                    }
                    Icon {
                        x: 12
                        anchors.verticalCenter: parent.verticalCenter
                        name: "folder"
                    }
                    Label {
                        x: 36
                        width: end.x - x - 8
                        height: parent.height
                        elide: Text.ElideMiddle
                        text: row.modelData.path
                    }
                    Row {
                        id: end
                        anchors.right: parent.right
                        anchors.rightMargin: 4
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: 8
                        Label {
                            visible: row.modelData.reachable
                            anchors.verticalCenter: parent.verticalCenter
                            text: row.modelData.note
                            font: Theme.font.small
                            color: Theme.color.text2
                        }
                        StateWord {
                            visible: !row.modelData.reachable
                            anchors.verticalCenter: parent.verticalCenter
                            tone: "warn"
                            word: qsTr("Not reachable")
                        }
                        IconButton {
                            enabled: !row.modelData.fixed
                            iconName: "close"
                            tip: row.modelData.fixed ? qsTr("Deepwell's own folder") : qsTr("Remove this folder from the list")
                            onClicked: root.variants.removeFolder(row.index)
                        }
                    }
                }
            }
        }
    }
}
