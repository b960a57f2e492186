// A row of a menu: icon, words, keys.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.MenuItem {
    id: root
    property string iconName: ""
    property string keys: ""
    property bool danger: false
    readonly property color ink: !enabled ? Theme.color.disabled
        : danger ? Theme.color.bad : Theme.color.text1

    implicitWidth: 200
    implicitHeight: visible ? Theme.size.control : 0
    leftPadding: 10
    rightPadding: 10
    font: Theme.font.ui
    hoverEnabled: true
    Accessible.name: text

    contentItem: Item {
        Icon {
            id: picture
            visible: name.length > 0
            name: root.checkable ? (root.checked ? "check" : "") : root.iconName
            color: root.danger ? Theme.color.bad : Theme.color.text2
            anchors.verticalCenter: parent.verticalCenter
        }
        Label {
            anchors.left: parent.left
            anchors.leftMargin: root.iconName.length > 0 || root.checkable ? Theme.size.icon + 10 : 0
            anchors.right: cap.visible ? cap.left : parent.right
            height: parent.height
            text: root.text
            color: root.ink
            Accessible.ignored: true
        }
        KeyCap {
            id: cap
            visible: root.keys.length > 0
            text: root.keys
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    background: StateLayer {
        radius: Theme.size.radiusControl
        hovered: root.highlighted || root.hovered
        down: root.down
    }
}
