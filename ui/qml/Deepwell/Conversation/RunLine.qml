// While a reply runs: what it is doing, how fast, since when; Esc stops.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ConversationModel conversation
    property bool narrow: false
    visible: conversation.running
    height: Theme.size.runLine
    Accessible.role: Accessible.StaticText
    Accessible.name: conversation.phaseText

    Row {
        height: parent.height
        spacing: 8
        BusyDot {
            anchors.verticalCenter: parent.verticalCenter
            pulsing: root.visible
        }
        Label {
            objectName: "phaseText"
            height: parent.height
            text: root.conversation.phaseText
            font: Theme.font.group
            color: Theme.color.text2
            Accessible.ignored: true
        }
        Label {
            visible: text.length > 0
            height: parent.height
            text: root.conversation.rateText
            font: Theme.font.small
            color: Theme.color.text3
            Accessible.ignored: true
        }
        Label {
            visible: root.conversation.detailText.length > 0 && !root.narrow
            height: parent.height
            text: "·  " + root.conversation.detailText
            font: Theme.font.small
            color: Theme.color.text3
            Accessible.ignored: true
        }
    }
    Row {
        anchors.right: parent.right
        height: parent.height
        spacing: 8
        KeyCap {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Esc")
        }
        Label {
            height: parent.height
            text: qsTr("stops")
            font: Theme.font.small
            color: Theme.color.text3
        }
    }
}
