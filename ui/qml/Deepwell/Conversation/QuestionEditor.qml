// The question as a field: "Ask again" makes a branch, nothing is overwritten.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

FocusScope {
    id: root
    required property string text
    signal kept(string text)
    signal cancelled()
    implicitHeight: box.height + 8 + Theme.size.control

    onVisibleChanged: {
        if (visible) {
            box.text = text
            box.forceActiveFocus()
            box.cursorPosition = box.length
        }
    }
    TextBox {
        id: box
        objectName: "questionEditor"
        width: parent.width
        font: Theme.font.reading
        placeholderText: qsTr("Question")
        // Esc is the window's key too; here it leaves the field.
        Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: root.cancelled()
        Keys.onPressed: (event) => {
            if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter)
                    && (event.modifiers & Qt.ControlModifier) && text.trim().length > 0) {
                event.accepted = true
                root.kept(text)
            }
        }
    }
    Row {
        anchors.right: parent.right
        y: box.height + 8
        spacing: 8
        Button {
            kind: "quiet"
            text: qsTr("Cancel")
            onClicked: root.cancelled()
        }
        Button {
            objectName: "askAgain"
            kind: "primary"
            text: qsTr("Ask again")
            enabled: box.text.trim().length > 0
            onClicked: root.kept(box.text)
        }
    }
}
