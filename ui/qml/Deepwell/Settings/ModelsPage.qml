// Folders, the models in them, and the details of one.
import QtQuick
import QtQuick.Dialogs as System
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

FocusScope {
    id: root
    required property VariantListModel variants
    required property ModelFoldersModel folders
    required property ApplicationModel application
    readonly property bool wide: width >= 900
    Component.onCompleted: variants.begin()

    Flickable {
        id: left
        width: root.wide ? root.width - details.width : root.width
        height: parent.height
        contentHeight: column.height + 40 + (root.wide ? 0 : details.implicitHeight + 24)
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        WheelStep { flickable: left }
        Column {
            id: column
            x: 24
            y: 16
            width: left.width - 48
            spacing: 20
            FolderCard {
                width: parent.width
                folders: root.folders
                onAddRequested: folderDialog.open()
            }
            Column {
                width: parent.width
                spacing: 8
                ModelList {
                    width: parent.width
                    variants: root.variants
                    folders: root.folders
                    onImportRequested: fileDialog.open()
                }
                Label {
                    width: parent.width
                    text: qsTr("Drop GGUF files anywhere in this window to import them. A file in several parts counts as one model.")
                    font: Theme.font.small
                    color: Theme.color.text3
                    wrapMode: Text.Wrap
                }
            }
            Row {
                visible: root.folders.importText.length > 0
                spacing: 8
                StateWord {
                    objectName: "importState"
                    anchors.verticalCenter: parent.verticalCenter
                    tone: "info"
                    word: root.folders.importText
                }
                Button {
                    objectName: "stopImport"
                    compact: true
                    kind: "quiet"
                    text: qsTr("Cancel")
                    onClicked: root.folders.stopImport()
                }
            }
            StateWord {
                id: fault
                visible: false
                tone: "bad"
                word: ""
            }
        }
    }
    Separator {
        visible: root.wide
        upright: true
        x: details.x
        height: parent.height
    }
    ModelDetails {
        id: details
        parent: root.wide ? root : left.contentItem
        x: root.wide ? root.width - width : 0
        y: root.wide ? 0 : column.y + column.height + 16
        width: root.wide ? Math.round(372 * Math.max(1, Theme.textFactor * 0.8)) : left.width
        height: root.wide ? root.height : implicitHeight
        variants: root.variants
    }
    DropArea {
        id: drop
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: (event) => {
            if (event.hasUrls) {
                root.folders.importFile(event.urls[0])
                event.accept()
            }
        }
    }
    Rectangle {
        visible: drop.containsDrag
        anchors.fill: parent
        anchors.margins: 4
        color: "transparent"
        radius: Theme.size.radiusCard
        border.width: 2
        border.color: Theme.color.accent
        Chip {
            anchors.centerIn: parent
            text: qsTr("Drop to import")
        }
    }
    System.FolderDialog {
        id: folderDialog
        title: qsTr("Folder with models")
        onAccepted: root.folders.addFolder(selectedFolder)
    }
    System.FileDialog {
        id: fileDialog
        title: qsTr("Import a model file")
        nameFilters: [qsTr("Models (*.gguf)")]
        onAccepted: root.folders.importFile(selectedFile)
    }
    Connections {
        target: root.application
        function onImportRequested(): void {
            fileDialog.open()
        }
    }
    Connections {
        target: root.folders
        function onImportFailed(sentence: string): void {
            fault.word = sentence
            fault.visible = true
        }
        function onImportChanged(): void {
            fault.visible = false
        }
    }
}
