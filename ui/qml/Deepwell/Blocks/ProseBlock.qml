// A run of paragraphs, headings, lists and quotes: one text, with the rules of its quotes beside it.
import QtQuick
import Deepwell.Theme
import Deepwell.Text

Item {
    id: root
    required property var block
    property bool inThought: false
    implicitHeight: edit.height

    Repeater {
        model: filler.codeFrames
        Rectangle {
            required property rect modelData
            x: modelData.x
            y: modelData.y + (modelData.height - height) / 2
            width: modelData.width
            height: Math.round(modelData.height * 0.75)
            radius: Theme.size.radiusChip
            color: Theme.color.sunk
            border.width: 1
            border.color: Theme.color.line
        }
    }
    ReadingText {
        id: edit
        objectName: "proseText"
        y: -Theme.size.halfLeading
        Accessible.name: root.inThought ? qsTr("Thought") : qsTr("Answer")
        width: Math.min(parent.width, Theme.size.prose)
        color: root.inThought ? Theme.color.text2 : Theme.color.text1
        onLinkActivated: (link) => Qt.openUrlExternally(link)
        HoverHandler {
            enabled: edit.hoveredLink.length > 0
            cursorShape: Qt.PointingHandCursor
        }
    }
    BlockText {
        id: filler
        document: edit.textDocument
        editor: edit
        block: root.block
        font: root.inThought ? Theme.font.thought : Theme.font.reading
        lineHeight: root.inThought ? Theme.size.thoughtLine : Theme.size.readingLine
        factor: Theme.textFactor
        codeFont: Theme.font.code
        linkColor: Theme.color.accent
    }
    Repeater {
        model: filler.quotes
        Rectangle {
            required property rect modelData
            x: modelData.x
            y: edit.y + modelData.y
            width: 2
            height: modelData.height
            color: Theme.color.control
        }
    }
}
