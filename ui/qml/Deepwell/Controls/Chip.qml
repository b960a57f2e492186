// A small sunk label: a quantization, a format.
import QtQuick
import Deepwell.Theme

Rectangle {
    property alias text: label.text
    implicitWidth: label.implicitWidth + 14
    implicitHeight: Theme.size.smallLine + 6
    radius: Theme.size.radiusChip
    color: Theme.color.sunk
    border.width: 1
    border.color: Theme.color.line
    visible: text.length > 0
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Text {
        id: label
        anchors.centerIn: parent
        font: Theme.font.small
        color: Theme.color.text2
        textFormat: Text.PlainText
    }
}
