// A value on a line; with `stops` the line has marks and the thumb snaps.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Slider {
    id: root
    required property string name
    property string valueText: String(value)
    property int stops: 0
    implicitWidth: 216
    implicitHeight: 24
    padding: 8
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    wheelEnabled: false
    Accessible.name: name + ", " + valueText

    background: Item {
        x: root.leftPadding
        y: root.topPadding
        width: root.availableWidth
        height: root.availableHeight
        Repeater {
            model: root.stops
            Rectangle {
                required property int index
                x: Math.round(index * (parent.width - 1) / (root.stops - 1))
                anchors.verticalCenter: parent.verticalCenter
                width: 1
                height: 9
                color: Theme.color.control
            }
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: 4
            radius: 2
            color: Theme.color.scroll
            Rectangle {
                x: root.mirrored ? parent.width - width : 0
                width: root.position * parent.width
                height: parent.height
                radius: 2
                color: Theme.color.accent
            }
        }
    }
    handle: Rectangle {
        x: root.leftPadding + root.visualPosition * root.availableWidth - width / 2
        y: root.topPadding + (root.availableHeight - height) / 2
        width: 16
        height: 16
        radius: 8
        color: Theme.color.raised
        border.width: 2
        border.color: root.hovered || root.pressed ? Theme.color.accentHover : Theme.color.accent
        FocusRing {
            visible: root.visualFocus
            innerRadius: 8
        }
    }
}
