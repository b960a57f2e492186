// A wide button of the sidebar: icon, words, keys.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.Button {
    id: root
    property string iconName: ""
    property string keys: ""
    property bool strong: false
    property bool active: false

    implicitHeight: Theme.size.control
    font: strong ? Theme.font.button : Theme.font.ui
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: text

    background: ButtonBack {
        control: root
        chosen: root.active
        border.color: root.active ? Theme.color.accent : root.strong ? Theme.color.control : Theme.color.line
    }
    contentItem: Item {
        Icon {
            id: picture
            x: 11
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            color: root.strong ? Theme.color.text1 : Theme.color.text2
        }
        Label {
            anchors.left: picture.right
            anchors.leftMargin: 8
            anchors.right: cap.left
            height: parent.height
            text: root.text
            font: root.font
            color: root.strong ? Theme.color.text1 : Theme.color.text3
            Accessible.ignored: true
        }
        KeyCap {
            id: cap
            anchors.right: parent.right
            anchors.rightMargin: 9
            anchors.verticalCenter: parent.verticalCenter
            text: root.keys
        }
    }
}
