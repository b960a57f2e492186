// Format, content and range of an export.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Flickable {
    id: root
    required property ExportModel exporting
    contentHeight: column.height + 24
    clip: true
    boundsBehavior: Flickable.StopAtBounds

    component GroupHead: Label {
        leftPadding: 12
        height: Theme.size.smallLine + 10
        font: Theme.font.group
        color: Theme.color.text2
        Accessible.role: Accessible.Heading
    }

    Column {
        id: column
        x: 8
        y: 10
        width: parent.width - 16
        GroupHead { text: qsTr("Format") }
        RadioRow {
            objectName: "formatMarkdown"
            x: 4
            width: parent.width - 8
            text: qsTr("Markdown")
            note: qsTr("Text with headings, code and formulas")
            checked: root.exporting.format === 0
            onClicked: root.exporting.format = 0
        }
        RadioRow {
            objectName: "formatJson"
            x: 4
            width: parent.width - 8
            text: qsTr("JSON")
            note: qsTr("Everything, can be imported again")
            checked: root.exporting.format === 1
            onClicked: root.exporting.format = 1
        }
        Item {
            width: 1
            height: 8
        }
        GroupHead { text: qsTr("Include") }
        CheckBox {
            x: 12
            visible: root.exporting.format === 0
            text: qsTr("Model and date")
            checked: root.exporting.modelAndDate
            onClicked: root.exporting.modelAndDate = checked
        }
        CheckBox {
            objectName: "exportThoughts"
            x: 12
            text: qsTr("Thoughts")
            checked: root.exporting.thoughts
            onClicked: root.exporting.thoughts = checked
        }
        SegmentedControl {
            x: 38
            visible: root.exporting.thoughts && root.exporting.format === 0
            name: qsTr("How thoughts are written")
            options: [qsTr("Folded"), qsTr("In the text")]
            currentIndex: root.exporting.thoughtsInText ? 1 : 0
            onChosen: (index) => root.exporting.thoughtsInText = index === 1
        }
        CheckBox {
            x: 12
            text: qsTr("Other versions of answers")
            checked: root.exporting.otherVersions
            onClicked: root.exporting.otherVersions = checked
        }
        CheckBox {
            x: 12
            visible: root.exporting.format === 0
            text: qsTr("Speed and token counts")
            checked: root.exporting.speedAndTokens
            onClicked: root.exporting.speedAndTokens = checked
        }
    }
}
