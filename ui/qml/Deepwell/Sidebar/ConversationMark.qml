// The state of a conversation as a mark of 8 or 12 px; the word is in the row's name.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string runState
    width: 16
    height: 16
    visible: runState !== "idle"
    BusyDot {
        anchors.centerIn: parent
        visible: root.runState === "running"
    }
    Icon {
        anchors.centerIn: parent
        visible: root.runState === "waiting" || root.runState === "interrupted"
        name: root.runState === "waiting" ? "clock" : "stop"
        size: Theme.size.smallIcon
        color: Theme.color.text3
    }
    Rectangle {
        anchors.centerIn: parent
        visible: root.runState === "unread"
        width: 8
        height: 8
        radius: 4
        color: "transparent"
        border.width: 1.5
        border.color: Theme.color.accent
    }
}
