// The head of a code block.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string language
    required property bool wrap
    signal wrapToggled()
    signal copyRequested()
    implicitHeight: Theme.size.control

    Label {
        x: 12
        width: wrapButton.x - x
        height: parent.height
        text: root.language
        font: Theme.font.small
        color: Theme.color.text2
    }
    IconButton {
        id: wrapButton
        objectName: "wrapCode"
        anchors.right: copyButton.left
        anchors.rightMargin: 4
        anchors.verticalCenter: parent.verticalCenter
        compact: true
        iconName: "wrap"
        checked: root.wrap
        tip: root.wrap ? qsTr("Do not wrap lines") : qsTr("Wrap lines")
        onClicked: root.wrapToggled()
    }
    Button {
        id: copyButton
        objectName: "copyCode"
        property bool done: false
        anchors.right: parent.right
        anchors.rightMargin: 1
        anchors.verticalCenter: parent.verticalCenter
        compact: true
        kind: "quiet"
        font: Theme.font.smallMedium
        iconName: done ? "check" : "copy"
        text: done ? qsTr("Copied") : qsTr("Copy")
        onClicked: {
            root.copyRequested()
            done = true
            doneTimer.restart()
        }
        Timer {
            id: doneTimer
            interval: 1500
            onTriggered: copyButton.done = false
        }
    }
}
