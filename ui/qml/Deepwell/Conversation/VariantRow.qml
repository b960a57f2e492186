// One model of the switcher.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.ItemDelegate {
    id: root
    required property int index
    required property string name
    required property string quantization
    required property string reason
    required property string needText
    required property var parts
    required property real freeMark
    required property string stateWord
    required property string stateTone
    required property string stateIcon
    required property bool chosen
    required property string accessibleName
    signal picked()

    height: Theme.size.uiLine + Theme.size.smallLine + 16
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    text: name
    onClicked: picked()
    Accessible.role: Accessible.RadioButton
    Accessible.name: accessibleName
    Accessible.checked: chosen

    background: RowBack {
        control: root
        chosen: root.chosen
    }
    contentItem: Item {
        RadioMark {
            x: 12
            anchors.verticalCenter: parent.verticalCenter
            chosen: root.chosen
        }
        Column {
            x: 40
            anchors.verticalCenter: parent.verticalCenter
            width: figures.x - x - 12
            Row {
                spacing: 8
                Label {
                    text: root.name
                    font: Theme.font.button
                    height: Theme.size.uiLine
                    width: Math.min(implicitWidth, figures.x - 52 - chip.width)
                    Accessible.ignored: true
                }
                Chip {
                    id: chip
                    text: root.quantization
                    anchors.verticalCenter: parent.verticalCenter
                    implicitHeight: Theme.size.smallLine + 4
                }
            }
            Label {
                width: parent.width
                height: Theme.size.smallLine + 2
                text: root.reason
                font: Theme.font.small
                color: root.chosen ? Theme.color.textOnTint : Theme.color.text2
                Accessible.ignored: true
            }
        }
        Column {
            id: figures
            anchors.right: state_.left
            anchors.rightMargin: 13
            anchors.verticalCenter: parent.verticalCenter
            width: 96
            spacing: 4
            Label {
                width: parent.width
                height: Theme.size.smallLine
                horizontalAlignment: Text.AlignRight
                text: root.needText
                font: Theme.font.small
                color: Theme.color.text2
                Accessible.ignored: true
            }
            MemoryBar {
                visible: root.needText.length > 0
                width: 96
                parts: root.parts
                mark: root.freeMark
            }
        }
        StateWord {
            id: state_
            anchors.right: parent.right
            anchors.rightMargin: 6
            anchors.verticalCenter: parent.verticalCenter
            width: Math.round(90 * Math.max(1, Theme.textFactor))
            word: root.stateWord
            tone: root.stateTone
            iconName: root.stateIcon
        }
    }
}
