// The figures that belong to a memory bar.
import QtQuick
import Deepwell.Theme

Grid {
    id: root
    required property var figures       // [{kind, name, value}]
    columns: Math.max(1, figures.length)
    columnSpacing: 20
    rowSpacing: 4
    topPadding: 8

    Repeater {
        model: root.figures
        Row {
            required property var modelData
            spacing: 6
            width: root.columns < root.figures.length ? (root.width - root.columnSpacing) / root.columns : implicitWidth
            MemorySwatch {
                anchors.verticalCenter: parent.verticalCenter
                kind: parent.modelData.kind
            }
            Label {
                text: parent.modelData.name
                font: Theme.font.small
                color: Theme.color.text2
            }
            Label {
                text: parent.modelData.value
                font: Theme.font.smallMedium
            }
        }
    }
}
