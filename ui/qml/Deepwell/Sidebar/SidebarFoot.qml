// Settings, the sheet of keys, light or dark.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ApplicationModel application
    signal keysRequested()
    implicitHeight: Theme.size.header + 1

    Separator { width: parent.width }
    Button {
        objectName: "settingsButton"
        x: 6
        anchors.verticalCenter: parent.verticalCenter
        kind: "quiet"
        font: Theme.font.ui
        iconName: "sliders"
        text: qsTr("Settings")
        onClicked: root.application.showSettings("models")
    }
    Row {
        anchors.right: parent.right
        anchors.rightMargin: 9
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4
        IconButton {
            objectName: "keysButton"
            iconName: "keyboard"
            tip: qsTr("Keyboard shortcuts")
            keys: "F1"
            onClicked: root.keysRequested()
        }
        IconButton {
            objectName: "themeButton"
            iconName: Theme.dark ? "sun" : "moon"
            tip: Theme.dark ? qsTr("Light colours") : qsTr("Dark colours")
            onClicked: root.application.settings.toggleTheme()
        }
    }
}
