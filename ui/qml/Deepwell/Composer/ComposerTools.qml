// Below the field: thinking effort, sampling, how full the context is, Send or Stop.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ConversationModel conversation
    property bool narrow: false
    property bool typing: false
    readonly property ComposerModel composer: conversation.composer
    readonly property bool tight: width < 560 || Theme.textFactor >= 1.5
    signal samplingRequested()
    signal contextRequested()
    implicitHeight: Theme.size.control
    height: implicitHeight

    Row {
        id: left
        height: parent.height
        spacing: 4
        EffortButton {
            objectName: "effortButton"
            anchors.verticalCenter: parent.verticalCenter
            conversation: root.conversation
        }
        Button {
            objectName: "samplingButton"
            visible: !root.tight
            anchors.verticalCenter: parent.verticalCenter
            compact: true
            kind: "quiet"
            font: Theme.font.smallMedium
            leftPadding: 9
            spacing: 6
            iconName: "sliders"
            iconSize: Theme.size.mediumIcon
            text: root.composer.temperatureText
            onClicked: root.samplingRequested()
        }
        IconButton {
            visible: root.tight
            anchors.verticalCenter: parent.verticalCenter
            compact: true
            iconName: "sliders"
            tip: root.composer.temperatureText
            onClicked: root.samplingRequested()
        }
    }
    Button {
        id: meter
        objectName: "contextMeter"
        visible: text.length > 0 && left.width + width + go.width + 24 < root.width
        anchors.right: go.left
        anchors.rightMargin: 0
        anchors.verticalCenter: parent.verticalCenter
        compact: true
        kind: "quiet"
        ink: root.composer.contextState === "bad" ? Theme.color.bad
            : root.composer.contextState === "warn" ? Theme.color.warn : Theme.color.text3
        font: Theme.font.small
        text: root.tight ? root.composer.shortContextText : root.composer.contextText
        iconName: root.composer.contextState === "ok" ? "" : "warning"
        onClicked: root.contextRequested()
        background: Item {
            FocusRing { visible: meter.visualFocus }
        }
    }
    Item {
        id: go
        anchors.right: parent.right
        width: root.conversation.running ? stop.width : send.width
        height: parent.height
        IconButton {
            id: send
            objectName: "send"
            visible: !root.conversation.running
            enabled: (root.composer.canSend || root.typing) && !root.composer.saving
            iconName: "arrow-up"
            tip: qsTr("Send")
            keys: root.composer.enterSends ? qsTr("Enter") : qsTr("Ctrl Enter")
            ink: enabled ? Theme.color.textOnAccent : Theme.color.text3
            onClicked: root.conversation.send()
            background: Rectangle {
                radius: Theme.size.radiusControl
                color: !send.enabled ? "transparent" : send.down ? Theme.color.accentPressed
                    : send.hovered ? Theme.color.accentHover : Theme.color.accent
                border.width: send.enabled ? 0 : 1
                border.color: Theme.color.line
                FocusRing { visible: send.visualFocus }
            }
            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    name: "arrow-up"
                    color: send.enabled ? Theme.color.textOnAccent : Theme.color.disabled
                }
            }
        }
        Button {
            id: stop
            objectName: "stop"
            visible: root.conversation.running
            enabled: root.conversation.phase !== "stopping"
            kind: "danger"
            font: Theme.font.smallMedium
            iconName: "stop"
            text: qsTr("Stop")
            onClicked: root.conversation.stop()
        }
    }
}
