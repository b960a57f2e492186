// The ring of keyboard focus: 2 px accent, 2 px outside of what it is put into.
import QtQuick
import Deepwell.Theme

Rectangle {
    property int innerRadius: Theme.size.radiusControl

    anchors.fill: parent
    anchors.margins: -4
    radius: innerRadius + 4
    color: "transparent"
    border.width: 2
    border.color: Theme.color.accent
}
