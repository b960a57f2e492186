// The title of the conversation; a click or F2 makes it a field, Enter keeps, Esc reverts.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string text
    property bool editable: true
    signal renamed(string name)

    function edit(): void {
        if (!editable) {
            return
        }
        field.text = text
        field.visible = true
        field.forceActiveFocus()
        field.selectAll()
    }
    function close(keep: bool): void {
        if (!field.visible) {
            return
        }
        field.visible = false
        if (keep && field.text.trim().length > 0 && field.text !== text) {
            renamed(field.text.trim())
        }
    }

    Label {
        id: label
        height: parent.height
        width: Math.min(implicitWidth, parent.width)
        visible: !field.visible
        text: root.text
        font: Theme.font.heading
        Accessible.role: Accessible.Heading
        TapHandler { onTapped: root.edit() }
        HoverHandler {
            enabled: root.editable
            cursorShape: Qt.IBeamCursor
        }
    }
    TextField {
        id: field
        objectName: "titleEdit"
        visible: false
        x: -9
        width: Math.min(360, parent.width)
        anchors.verticalCenter: parent.verticalCenter
        placeholderText: qsTr("Name of the conversation")
        font: Theme.font.heading
        onAccepted: root.close(true)
        onActiveFocusChanged: if (!activeFocus) root.close(true)
        // Esc is the window's key too; here it leaves the field.
        Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: root.close(false)
    }
}
