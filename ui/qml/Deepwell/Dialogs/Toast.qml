// What was done, and the way back: at the bottom, in the middle, for 5 s.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Rectangle {
    id: root
    required property ToastModel toasts
    objectName: "toast"
    visible: toasts.shown
    width: Math.min(row.implicitWidth + 32, parent ? parent.width - 32 : 400)
    height: Math.max(40, Theme.size.uiLine + 20)
    radius: Theme.size.radiusCard
    color: Theme.color.text1
    Accessible.role: Accessible.AlertMessage
    Accessible.name: toasts.text

    Row {
        id: row
        x: 16
        height: parent.height
        spacing: 10
        Icon {
            name: root.toasts.icon
            color: Theme.color.paper
            size: Theme.size.mediumIcon
            anchors.verticalCenter: parent.verticalCenter
        }
        Label {
            text: root.toasts.text
            height: parent.height
            width: Math.min(implicitWidth, root.parent ? root.parent.width - 200 : 400)
            color: Theme.color.paper
            Accessible.ignored: true
        }
        Rectangle {
            visible: action.visible
            width: 1
            height: parent.height - 12
            color: Theme.color.text3
            anchors.verticalCenter: parent.verticalCenter
        }
        T.Button {
            id: action
            objectName: "toastAction"
            visible: root.toasts.actionText.length > 0
            height: parent.height
            implicitWidth: words.implicitWidth + 8
            text: root.toasts.actionText
            focusPolicy: Qt.TabFocus
            Accessible.name: text
            onClicked: root.toasts.act()
            contentItem: Text {
                id: words
                text: action.text
                font.family: Theme.font.sans
                font.pixelSize: Theme.font.heading.pixelSize
                font.weight: Font.DemiBold
                font.underline: action.hovered || action.visualFocus
                color: Theme.color.paper
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
    HoverHandler { id: hover }
    Binding {
        target: root.toasts
        property: "held"
        value: hover.hovered || action.activeFocus
    }
}
