// A key as it is drawn on a keyboard: "Ctrl N".
import QtQuick
import Deepwell.Theme

Rectangle {
    property alias text: label.text
    implicitWidth: label.implicitWidth + 12
    implicitHeight: Math.round(Theme.font.keyCap.pixelSize * 1.6)
    radius: Theme.size.radiusChip
    color: Theme.color.raised
    border.width: 1
    border.color: Theme.color.line
    Accessible.ignored: true
    Text {
        id: label
        anchors.centerIn: parent
        font: Theme.font.keyCap
        color: Theme.color.text2
        textFormat: Text.PlainText
    }
}
