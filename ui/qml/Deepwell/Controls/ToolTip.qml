// A word of help near a control. It takes no keys and no clicks.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.ToolTip {
    id: root
    x: parent ? (parent.width - implicitWidth) / 2 : 0
    y: parent ? parent.height + 6 : 0
    margins: 6
    leftPadding: 8
    rightPadding: 8
    topPadding: 4
    bottomPadding: 4
    delay: 500
    closePolicy: T.Popup.NoAutoClose
    implicitWidth: contentItem.implicitWidth + leftPadding + rightPadding
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding

    contentItem: Text {
        text: root.text
        font: Theme.font.small
        color: Theme.color.paper
    }
    background: Rectangle {
        radius: Theme.size.radiusChip
        color: Theme.color.text1
    }
}
