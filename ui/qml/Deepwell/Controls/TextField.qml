// A field of one line. Its edge itself shows focus and error.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.TextField {
    id: root
    property string iconName: ""
    property bool wrong: false
    property bool compact: false
    property bool active: activeFocus  // shown as being written in

    implicitWidth: 120
    implicitHeight: compact ? Theme.size.action : Theme.size.control
    leftPadding: iconName.length > 0 ? 34 : 9
    rightPadding: 9
    font: Theme.font.ui
    color: enabled ? Theme.color.text1 : Theme.color.disabled
    placeholderTextColor: Theme.color.text3
    selectionColor: Theme.color.selection
    selectedTextColor: Theme.color.text1
    selectByMouse: true
    verticalAlignment: Text.AlignVCenter
    Accessible.name: placeholderText

    background: Rectangle {
        radius: Theme.size.radiusControl
        color: Theme.color.raised
        border.width: root.enabled && (root.active || root.wrong) ? 2 : 1
        border.color: !root.enabled ? Theme.color.line : root.wrong ? Theme.color.bad
            : root.active ? Theme.color.accent : root.hovered ? Theme.color.text2 : Theme.color.control
        Icon {
            visible: root.iconName.length > 0
            name: root.iconName
            x: 12
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Text {
        visible: root.length === 0 && root.preeditText.length === 0
        x: root.leftPadding
        width: root.width - x - root.rightPadding
        height: root.height
        verticalAlignment: Text.AlignVCenter
        text: root.placeholderText
        font: root.font
        color: root.enabled ? root.placeholderTextColor : Theme.color.disabled
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
