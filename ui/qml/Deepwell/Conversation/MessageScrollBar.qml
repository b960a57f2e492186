// The scroll bar of the messages. Dragging it upwards stops the following.
import QtQuick
import Deepwell.Controls

ScrollBar {
    id: root
    required property MessageList list
    parent: list.parent
    x: list.x + list.width - width
    y: list.y
    height: list.height
    visible: list.visible && size < 1.0
    orientation: Qt.Vertical
    size: list.visibleArea.heightRatio
    position: pressed ? position : list.visibleArea.yPosition
    onPressedChanged: list.following = pressed ? false : list.endInView
    onPositionChanged: {
        if (pressed) {
            list.contentY = list.originY + position * list.contentHeight
        }
    }
}
