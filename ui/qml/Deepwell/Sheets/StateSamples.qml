// One control in all its states, in a row: `sample` is made once for each.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Row {
    id: root
    required property string title
    required property Component sample  // a StateCell
    height: 44

    Label {
        width: 76
        height: parent.height
        text: root.title
        color: Theme.color.text2
    }
    Repeater {
        model: ["rest", "hover", "focus", "pressed", "disabled", "busy"]
        delegate: root.sample
    }
}
