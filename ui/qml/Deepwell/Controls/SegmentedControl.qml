// One of a few words in a row, all in sight.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

Rectangle {
    id: root
    required property string name
    required property var options      // list of words
    required property int currentIndex
    signal chosen(int index)

    implicitWidth: row.implicitWidth + 8
    implicitHeight: Theme.size.control
    radius: Theme.size.radiusControl
    color: Theme.color.raised
    border.width: 1
    border.color: Theme.color.control
    Accessible.role: Accessible.Grouping
    Accessible.name: name

    Row {
        id: row
        x: 4
        y: 3
        height: parent.height - 6
        Repeater {
            model: root.options
            T.RadioButton {
                id: segment
                required property int index
                required property string modelData
                implicitWidth: word.implicitWidth + 24
                height: row.height
                text: modelData
                checked: index === root.currentIndex
                focusPolicy: Qt.StrongFocus
                hoverEnabled: true
                Accessible.name: modelData
                onClicked: root.chosen(index)
                contentItem: Text {
                    id: word
                    text: segment.text
                    font: Theme.font.button
                    color: segment.checked ? Theme.color.textOnAccent : Theme.color.text2
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
                background: Rectangle {
                    radius: Theme.size.radiusChip
                    color: segment.checked ? Theme.color.accent : "transparent"
                    StateLayer {
                        anchors.fill: parent
                        radius: parent.radius
                        visible: !segment.checked
                        hovered: segment.hovered
                        down: segment.down
                    }
                    FocusRing {
                        visible: segment.visualFocus
                        innerRadius: Theme.size.radiusChip
                    }
                }
            }
        }
    }
}
