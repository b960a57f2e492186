// How long the model may think: opens the five choices.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

T.Button {
    id: root
    required property ConversationModel conversation
    readonly property bool on: conversation.composer.effort > 0
    readonly property color ink: on ? Theme.color.textOnTint : Theme.color.text2
    implicitWidth: row.implicitWidth + 18
    implicitHeight: Theme.size.action
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    text: conversation.composer.effortText
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: text
    onClicked: menu.opened ? menu.close() : menu.popup(root, 0, -menu.implicitHeight - 4)

    background: Rectangle {
        radius: Theme.size.radiusControl
        color: root.on ? Theme.color.tint : "transparent"
        StateLayer {
            anchors.fill: parent
            radius: parent.radius
            hovered: root.hovered
            down: root.down
        }
        FocusRing { visible: root.visualFocus }
    }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 7
            Icon {
                name: "effort"
                color: root.ink
                size: Theme.size.mediumIcon
                anchors.verticalCenter: parent.verticalCenter
            }
            Text {
                text: root.text
                font: Theme.font.smallMedium
                color: root.ink
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                name: "chevron-down"
                color: root.ink
                size: Theme.size.smallIcon
                anchors.verticalCenter: parent.verticalCenter
            }
        }
    }
    EffortMenu {
        id: menu
        conversation: root.conversation
    }
}
