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
    required property ModelColumns places
    signal picked()

    height: Theme.size.row
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
        radius: 0
        Separator { width: parent.width }
    }
    contentItem: Item {
        Label {
            x: root.places.name - 1  // the card's edge
            width: chip.x - x - 8
            height: parent.height
            text: root.name
            font: Theme.font.button
            Accessible.ignored: true
        }
        Chip {
            id: chip
            x: parent.width + 1 - root.places.format
            anchors.verticalCenter: parent.verticalCenter
            implicitHeight: Theme.size.smallLine + 4
            text: root.quantization
        }
        Label {
            id: size
            x: parent.width + 1 - root.places.sizeEnd - width
            height: parent.height
            color: Theme.color.text2
            text: root.sizeText
            Accessible.ignored: true
        }
        StateWord {
            id: state_
            x: parent.width + 1 - root.places.state
            width: root.places.state
            anchors.verticalCenter: parent.verticalCenter
            word: root.stateWord
            tone: root.stateTone
            iconName: root.stateIcon
        }
    }
}
