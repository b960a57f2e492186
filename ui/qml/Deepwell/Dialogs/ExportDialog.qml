// Export of the conversation: format and content at the left, what the file will hold at the right.
import QtQuick
import QtQuick.Dialogs as System
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Dialog {
    id: root
    required property ExportModel exporting
    objectName: "exportDialog"
    title: qsTr("Export conversation")
    width: Math.min(Math.round(880 * Math.max(1, Theme.textFactor * 0.75)), parent ? parent.width - 32 : 880)
    height: Math.min(608, parent ? parent.height - 32 : 608)

    ExportOptions {
        id: options
        width: Math.round(Math.min(304 * Math.max(1, Theme.textFactor * 0.8), root.width / 2))
        height: foot.y
        exporting: root.exporting
    }
    Separator {
        x: options.width
        upright: true
        height: foot.y
    }
    ExportPreview {
        x: options.width + 1
        width: parent.width - x - 1
        height: foot.y
        exporting: root.exporting
    }
    Item {
        id: foot
        y: parent.height - height
        width: parent.width
        height: Theme.size.control + 24
        Separator { width: parent.width }
        StateWord {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            visible: root.exporting.failure.length > 0
            tone: "bad"
            word: root.exporting.failure
        }
        Label {
            x: 17
            height: parent.height
            width: buttons.x - x - 8
            visible: root.exporting.failure.length === 0
            text: qsTr("The file holds your words in readable form.")
            font: Theme.font.small
            color: Theme.color.text2
        }
        Row {
            id: buttons
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
                objectName: "exportCopy"
                iconName: "copy"
                text: qsTr("Copy")
                onClicked: root.exporting.copy()
            }
            Button {
                objectName: "exportSave"
                kind: "primary"
                text: qsTr("Save as…")
                onClicked: files.open()
            }
        }
    }
    System.FileDialog {
        id: files
        title: qsTr("Save as")
        fileMode: System.FileDialog.SaveFile
        selectedFile: root.exporting.fileName.length > 0 ? currentFolder + "/" + root.exporting.fileName : ""
        nameFilters: root.exporting.format === 1 ? [qsTr("JSON (*.json)")] : [qsTr("Markdown (*.md)")]
        onAccepted: root.exporting.save(selectedFile)
    }
    Connections {
        target: root.exporting
        function onSaved(): void {
            root.close()
        }
    }
}
