// The scroll bar of the messages. While it is dragged nothing is followed.
import QtQuick
import Deepwell.Controls

ScrollBar {
    id: root
    required property ListView list
    signal grabbed()
    signal released()
    parent: list.parent
    x: list.x + list.width - width
    y: list.y
    height: list.height
    visible: list.visible && size < 1.0
    orientation: Qt.Vertical
    size: list.visibleArea.heightRatio
    onPressedChanged: pressed ? grabbed() : released()
    onPositionChanged: {
        if (pressed) {
            list.contentY = list.originY + position * list.contentHeight
        }
    }
    Binding {
        target: root
        property: "position"
        value: root.list.visibleArea.yPosition
        when: !root.pressed
        restoreMode: Binding.RestoreNone
    }
}
