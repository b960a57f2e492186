// A fact: its name and its value.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string name
    required property string value
    visible: value.length > 0
    height: Math.max(Theme.size.uiLine, words.contentHeight)
    Label {
        width: words.x - 8
        height: Theme.size.uiLine
        text: root.name
        color: Theme.color.text2
    }
    Label {
        id: words
        x: Math.round(112 * Math.max(1, Theme.textFactor))
        width: parent.width - x
        text: root.value
        wrapMode: Text.WrapAnywhere
    }
}
