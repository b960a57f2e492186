// The narrow sidebar of small windows and large text: only icons.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Rectangle {
    id: root
    required property ApplicationModel application
    signal listRequested()
    signal keysRequested()
    implicitWidth: 48
    color: Theme.color.window

    Column {
        x: 8
        y: 8
        spacing: 4
        IconButton {
            objectName: "railList"
            width: 32
            iconName: "sidebar"
            tip: qsTr("Conversations")
            keys: qsTr("Ctrl B")
            onClicked: root.listRequested()
        }
        IconButton {
            objectName: "railNew"
            width: 32
            iconName: "plus"
            tip: qsTr("New conversation")
            keys: qsTr("Ctrl N")
            onClicked: root.application.newConversation()
        }
        IconButton {
            objectName: "railSearch"
            width: 32
            iconName: "search"
            tip: qsTr("Search")
            keys: qsTr("Ctrl Shift F")
            onClicked: root.application.showSearch()
        }
    }
    Column {
        x: 8
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 8
        spacing: 4
        IconButton {
            width: 32
            iconName: "keyboard"
            tip: qsTr("Keyboard shortcuts")
            keys: "F1"
            onClicked: root.keysRequested()
        }
        IconButton {
            width: 32
            iconName: "sliders"
            tip: qsTr("Settings")
            keys: qsTr("Ctrl ,")
            onClicked: root.application.showSettings("models")
        }
    }
    Separator {
        upright: true
        anchors.right: parent.right
        height: parent.height
    }
}
