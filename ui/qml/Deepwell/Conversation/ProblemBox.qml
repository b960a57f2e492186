// What happened and what can be done: title, words, steps, buttons.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Rectangle {
    id: root
    required property string severity     // info, warn, bad
    required property string iconName
    required property string title
    required property string text
    required property var steps           // [{done, text}]
    required property var actions         // [{kind, text, icon}], the first is primary
    property bool closable: true
    signal actionChosen(string kind)
    signal dismissed()

    implicitHeight: content.implicitHeight + 28
    radius: Theme.size.radiusCard
    color: severity === "bad" ? Theme.color.badBack : severity === "warn" ? Theme.color.warnBack : Theme.color.tint
    border.width: 1
    border.color: severity === "bad" ? Theme.color.badEdge : severity === "warn" ? Theme.color.warnEdge : Theme.color.infoEdge
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + ". " + text

    Icon {
        x: 15
        y: 15
        name: root.iconName
        color: root.severity === "bad" ? Theme.color.bad : root.severity === "warn" ? Theme.color.warn : Theme.color.accent
    }
    Column {
        id: content
        x: 43
        y: 13
        width: parent.width - x - 48
        spacing: 2
        Label {
            objectName: "problemTitle"
            width: parent.width
            text: root.title
            font: Theme.font.heading
            wrapMode: Text.Wrap
        }
        Label {
            width: parent.width
            visible: text.length > 0
            text: root.text
            wrapMode: Text.Wrap
        }
        Repeater {
            model: root.steps
            Item {
                required property var modelData
                width: content.width
                height: Theme.size.uiLine + 4
                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.size.mediumIcon
                    name: parent.modelData.done ? "check" : "chevron-right"
                    color: parent.modelData.done ? Theme.color.ok : Theme.color.accent
                }
                Label {
                    x: 24
                    width: parent.width - x
                    height: parent.height
                    text: parent.modelData.text
                    color: parent.modelData.done ? Theme.color.text2 : Theme.color.text1
                }
            }
        }
        Item {
            width: 1
            height: 6
            visible: root.actions.length > 0
        }
        Flow {
            width: parent.width
            spacing: 8
            Repeater {
                model: root.actions
                Button {
                    required property int index
                    required property var modelData
                    objectName: "problemAction" + index
                    kind: index === 0 ? "primary" : index === 1 ? "normal" : "quiet"
                    iconName: modelData.icon
                    text: modelData.text
                    onClicked: root.actionChosen(modelData.kind)
                }
            }
        }
    }
    IconButton {
        objectName: "problemClose"
        visible: root.closable
        anchors.right: parent.right
        anchors.rightMargin: 4
        y: 4
        iconName: "close"
        tip: qsTr("Close")
        onClicked: root.dismissed()
    }
}
