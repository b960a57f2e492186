// One cell with the line below it.
import QtQuick
import Deepwell.Theme

Item {
    id: root
    required property string html
    required property string plain
    required property int column
    required property int columnCount
    required property bool head
    required property int alignment      // 0 start, 1 centre, 2 end
    readonly property real natural: Math.min(320 * Theme.textFactor, measure.implicitWidth + 1)
        + (column === 0 ? 0 : 16) + (column === columnCount - 1 ? 0 : 16)
    implicitWidth: natural
    implicitHeight: Math.max(33, edit.contentHeight + 13)

    Text {
        id: measure
        visible: false
        text: root.html
        textFormat: Text.RichText
        font: edit.font
    }
    ReadingText {
        id: edit
        objectName: "cellText"
        x: root.column === 0 ? 0 : 16
        width: root.width - x - (root.column === root.columnCount - 1 ? 0 : 16)
        anchors.verticalCenter: parent.verticalCenter
        textFormat: TextEdit.RichText
        text: root.html
        color: root.head ? Theme.color.text2 : Theme.color.text1
        font: root.head ? Theme.font.heading : Theme.font.cell
        horizontalAlignment: root.alignment === 2 ? TextEdit.AlignRight
            : root.alignment === 1 ? TextEdit.AlignHCenter : TextEdit.AlignLeft
        Accessible.name: root.plain
    }
    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: 1
        color: root.head ? Theme.color.control : Theme.color.line
    }
}
