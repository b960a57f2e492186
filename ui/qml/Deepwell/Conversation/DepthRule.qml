// How deep the thought has gone: the line fills from the top as the budget is spent.
import QtQuick
import Deepwell.Theme

Rectangle {
    property real depth: 0
    width: 2
    radius: 1
    color: Theme.color.line
    Accessible.ignored: true
    Rectangle {
        width: 2
        radius: 1
        height: parent.height * Math.max(0, Math.min(1, parent.depth))
        color: Theme.color.accent
    }
}
