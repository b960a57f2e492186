// The circle of a choice.
import QtQuick
import Deepwell.Theme

Rectangle {
    id: root
    property bool chosen: false
    width: 16
    height: 16
    radius: 8
    color: chosen ? Theme.color.accent : Theme.color.raised
    border.width: chosen ? 0 : 1
    border.color: Theme.color.control
    Accessible.ignored: true
    Rectangle {
        visible: root.chosen
        anchors.centerIn: parent
        width: 6
        height: 6
        radius: 3
        color: Theme.color.textOnAccent
    }
}
