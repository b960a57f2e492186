// The left margin of an opened thought: its line, and a click anywhere on it folds.
import QtQuick
import Deepwell.Theme

Item {
    id: root
    signal foldRequested()
    width: 18
    Rectangle {
        x: 7
        width: 2
        height: parent.height
        color: hover.hovered ? Theme.color.accent : Theme.color.line
    }
    HoverHandler {
        id: hover
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler { onTapped: root.foldRequested() }
    Accessible.ignored: true
}
