// The folders that are looked into.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property ModelFoldersModel folders
    signal addRequested()
    spacing: 8

    Item {
        width: parent.width
        height: Theme.size.action
        Label {
            height: parent.height
            text: qsTr("Folders")
            font: Theme.font.heading
            Accessible.role: Accessible.Heading
        }
        Button {
            objectName: "addFolder"
            anchors.right: parent.right
            compact: true
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
                model: root.folders.folders
                Item {
                    id: row
                    required property int index
                    required property var modelData
                    width: parent.width
                    height: Theme.size.row
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
                            color: Theme.color.text3
                        }
                        StateWord {
                            visible: !row.modelData.reachable
                            anchors.verticalCenter: parent.verticalCenter
                            tone: "warn"
                            word: qsTr("Not reachable")
                        }
                        // Deepwell's own folder stays.
                        IconButton {
                            id: moreButton
                            objectName: "folderMore"
                            enabled: !row.modelData.fixed
                            iconName: "more"
                            tip: qsTr("More")
                            onClicked: {
                                menu.folder = row.index
                                menu.popup(moreButton, 0, height + 4)
                            }
                        }
                    }
                }
            }
        }
    }
    Menu {
        id: menu
        property int folder: -1
        MenuItem {
            objectName: "removeFolder"
            iconName: "trash"
            text: qsTr("Remove from the list")
            onTriggered: root.folders.removeFolder(menu.folder)
        }
    }
}
