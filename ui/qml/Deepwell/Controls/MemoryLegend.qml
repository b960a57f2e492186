// The figures that belong to a memory bar.
import QtQuick
import Deepwell.Theme

Flow {
    id: root
    required property var figures       // [{kind, name, value}]
    spacing: 20
    topPadding: 8

    Repeater {
        model: root.figures
        Row {
            required property var modelData
            spacing: 6
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                width: 10
                height: 10
                radius: 2
                border.width: parent.modelData.kind === "free" ? 1 : 0
                border.color: Theme.color.control
                color: parent.modelData.kind === "weights" ? Theme.color.weights
                    : parent.modelData.kind === "cache" ? Theme.color.cache
                    : parent.modelData.kind === "work" ? Theme.color.work
                    : parent.modelData.kind === "other" ? Theme.color.other : Theme.color.raised
            }
            Label {
                text: parent.modelData.name
                font: Theme.font.small
                color: Theme.color.text2
            }
            Label {
                text: parent.modelData.value
                font: Theme.font.small
            }
        }
    }
}
