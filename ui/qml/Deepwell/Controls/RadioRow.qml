// A choice with a title and a note below it; the chosen one is tinted.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.RadioButton {
    id: root
    property string note: ""
    implicitWidth: 200
    implicitHeight: words.implicitHeight + 12
    leftPadding: 34
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    Accessible.name: note.length > 0 ? text + ". " + note : text

    indicator: RadioMark {
        x: root.mirrored ? root.width - width - 8 : 8
        y: (root.height - height) / 2
        chosen: root.checked
    }
    background: RowBack {
        control: root
        chosen: root.checked
        FocusRing { visible: root.visualFocus }
    }
    contentItem: Item {
        Column {
            id: words
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            Label {
                width: parent.width
                text: root.text
                height: Theme.size.uiLine
                Accessible.ignored: true
            }
            Label {
                width: parent.width
                visible: root.note.length > 0
                text: root.note
                font: Theme.font.small
                color: root.checked ? Theme.color.textOnTint : Theme.color.text3
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
    }
}
