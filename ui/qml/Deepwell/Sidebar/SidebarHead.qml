// Mark, name, and the button that hides the sidebar.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    signal hideRequested()
    implicitHeight: Theme.size.header

    Icon {
        x: 16
        anchors.verticalCenter: parent.verticalCenter
        name: "mark"
        size: 20
        color: Theme.color.accent
    }
    Label {
        x: 44
        height: parent.height
        width: hide.x - x
        text: qsTr("Deepwell")
        font: Theme.font.appTitle
    }
    IconButton {
        id: hide
        objectName: "hideSidebar"
        anchors.right: parent.right
        anchors.rightMargin: 9
        anchors.verticalCenter: parent.verticalCenter
        iconName: "sidebar"
        tip: qsTr("Hide the sidebar")
        keys: qsTr("Ctrl B")
        onClicked: root.hideRequested()
    }
}
