// A group of the sheet of keys: rows of what it does and the keys.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Column {
    id: root
    required property string title
    required property var keys      // [[what, keys, keys …]]

    Label {
        width: parent.width
        height: Theme.size.uiLine + 8
        text: root.title
        font: Theme.font.heading
        Accessible.role: Accessible.Heading
    }
    Separator { width: parent.width }
    Repeater {
        model: root.keys
        Item {
            id: row
            required property var modelData
            width: root.width
            height: Theme.size.uiLine + 7
            Accessible.role: Accessible.StaticText
            Accessible.name: modelData.join(", ")
            Label {
                height: parent.height
                width: caps.x - 8
                text: row.modelData[0]
                Accessible.ignored: true
            }
            Row {
                id: caps
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                spacing: 8
                Repeater {
                    model: row.modelData.slice(1)
                    Row {
                        id: chord
                        required property string modelData
                        spacing: 4
                        Repeater {
                            model: chord.modelData.split(" ")
                            KeyCap {
                                required property string modelData
                                text: modelData
                            }
                        }
                    }
                }
            }
        }
    }
}
