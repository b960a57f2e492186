// A decorative line of 1 px; upright if `upright`.
import QtQuick
import Deepwell.Theme

Rectangle {
    property bool upright: false
    implicitWidth: 1
    implicitHeight: 1
    color: Theme.color.line
    Accessible.ignored: true
}
