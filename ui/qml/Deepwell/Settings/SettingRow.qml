// One setting: label, a note of one line, the control at the end.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string title
    property string note: ""
    property bool first: false
    property bool changed: false
    default property alias control: holder.data
    readonly property bool stacked: words.implicitWidth + holder.childrenRect.width + 56 > width && width < 560

    width: parent ? parent.width : 400
    implicitHeight: stacked ? words.height + holder.childrenRect.height + 28
        : Math.max(first ? 52 : 53, words.height + 14, holder.childrenRect.height + 20)

    Separator {
        visible: !root.first
        width: parent.width
    }
    Column {
        id: words
        x: 16
        y: root.stacked ? 10 : (root.height - height) / 2
        width: root.stacked ? parent.width - 32 : holder.x - 32
        Label {
            width: parent.width
            height: Theme.size.uiLine
            text: root.changed ? root.title + "  •" : root.title
            font: Theme.font.button
        }
        Label {
            visible: text.length > 0
            width: parent.width
            text: root.note
            font: Theme.font.small
            color: Theme.color.text3
            wrapMode: Text.Wrap
        }
    }
    Item {
        id: holder
        x: root.stacked ? 16 : root.width - childrenRect.width - 16
        y: root.stacked ? words.y + words.height + 8 : (root.height - childrenRect.height) / 2
        width: childrenRect.width
        height: childrenRect.height
    }
}
