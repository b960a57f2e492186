// The window of the program.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.ViewModels

T.ApplicationWindow {
    id: root
    required property ApplicationModel application

    width: 1280
    height: 800
    minimumWidth: 640
    minimumHeight: 480
    visible: false
    title: application.conversation.empty ? qsTr("Deepwell") : qsTr("%1 · Deepwell").arg(application.conversation.title)
    color: Theme.color.window
    font: Theme.font.ui

    Surface {
        id: surface
        objectName: "surface"
        anchors.fill: parent
        focus: true
        application: root.application
    }
    WindowKeys {
        surface: surface
        application: root.application
        onFullScreenRequested: root.visibility === Window.FullScreen ? root.showNormal() : root.showFullScreen()
    }
    Connections {
        target: root.application
        function onQuitRequested(): void {
            Qt.quit()
        }
    }
}
