// What can be done with a conversation.
import QtQuick
import Deepwell.Controls

Menu {
    id: root
    required property bool pinned
    signal renameRequested()
    signal pinToggled()
    signal exportRequested()
    signal removeRequested()

    MenuItem {
        iconName: "pencil"
        text: qsTr("Rename")
        keys: "F2"
        onTriggered: root.renameRequested()
    }
    MenuItem {
        objectName: "menuPin"
        iconName: "pin"
        text: root.pinned ? qsTr("Unpin") : qsTr("Pin")
        onTriggered: root.pinToggled()
    }
    MenuItem {
        iconName: "export"
        text: qsTr("Export…")
        onTriggered: root.exportRequested()
    }
    MenuSeparator {}
    MenuItem {
        iconName: "trash"
        text: qsTr("Delete")
        danger: true
        onTriggered: root.removeRequested()
    }
}
