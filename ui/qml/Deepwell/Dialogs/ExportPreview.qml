// The first 200 lines of the file to be.
import QtQuick
import Deepwell.Theme
import Deepwell.Blocks
import Deepwell.Controls
import Deepwell.Text
import Deepwell.ViewModels

Rectangle {
    id: root
    required property ExportModel exporting
    color: Theme.color.sunk

    Item {
        id: head
        width: parent.width
        height: Theme.size.uiLine + 16
        Label {
            x: 16
            height: parent.height
            text: qsTr("Preview")
            font: Theme.font.button
            Accessible.role: Accessible.Heading
        }
        Label {
            anchors.right: parent.right
            anchors.rightMargin: 16
            height: parent.height
            text: root.exporting.summary
            font: Theme.font.small
            color: Theme.color.text2
        }
        Separator {
            width: parent.width
            anchors.bottom: parent.bottom
        }
    }
    Flickable {
        id: view
        y: head.height
        width: parent.width
        height: parent.height - y
        contentHeight: words.height + 24
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ReadingText {
            id: words
            objectName: "exportPreview"
            x: 16
            y: 12 - Theme.size.halfLeading
            width: parent.width - 32
            font: Theme.font.code
            Accessible.name: qsTr("Preview")
        }
        PlainText {
            document: words.textDocument
            editor: words
            text: root.exporting.preview
            font: Theme.font.code
            lineHeight: Theme.size.codeLine
            noteColor: Theme.color.text3
        }
        WheelStep { flickable: view }
    }
}
