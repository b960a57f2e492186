// The scrolling column of a settings page.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Flickable {
    id: root
    default property alias content: column.data
    contentHeight: column.height + 48
    clip: true
    boundsBehavior: Flickable.StopAtBounds

    Column {
        id: column
        anchors.horizontalCenter: parent.horizontalCenter
        y: 24
        width: Math.min(Math.round(720 * Theme.size.columnFactor), root.width - 48)
        spacing: 24
    }
    WheelStep { flickable: root }
}
