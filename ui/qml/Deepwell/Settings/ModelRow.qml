// One model of the table.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.ItemDelegate {
    id: root
    required property int index
    required property string name
    required property string quantization
    required property string sizeText
    required property string stateWord
    required property string stateTone
    required property string stateIcon
    required property bool chosen
    required property string accessibleName
    signal picked()

    height: Math.max(40, Theme.size.uiLine + 20)
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    text: name
    onClicked: picked()
    Accessible.role: Accessible.RadioButton
    Accessible.name: accessibleName
    Accessible.checked: chosen

    background: Rectangle {
        color: root.chosen ? Theme.color.tint : "transparent"
        StateLayer {
            anchors.fill: parent
            hovered: root.hovered && !root.chosen
            down: root.down
        }
        Separator { width: parent.width }
    }
    contentItem: Item {
        Label {
            x: 11
            width: chip.x - x - 8
            height: parent.height
            text: root.name
            Accessible.ignored: true
        }
        Chip {
            id: chip
            anchors.right: size.left
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            implicitHeight: Theme.size.smallLine + 4
            text: root.quantization
        }
        Label {
            id: size
            anchors.right: state_.left
            anchors.rightMargin: 14
            width: Math.round(72 * Math.max(1, Theme.textFactor))
            height: parent.height
            horizontalAlignment: Text.AlignRight
            text: root.sizeText
            Accessible.ignored: true
        }
        StateWord {
            id: state_
            anchors.right: parent.right
            anchors.rightMargin: 4
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(100 * Math.max(1, Theme.textFactor))
            word: root.stateWord
            tone: root.stateTone
            iconName: root.stateIcon
        }
    }
}
