// A window over the page, in the middle, with a title and a cross. Focus stays inside.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

Popup {
    id: root
    required property string title
    default property alias content: body.data

    parent: T.Overlay.overlay
    // A little above the middle, where a window's eye is.
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.max(8, Math.round((parent.height - height) / 2) - 8) : 0
    modal: true
    padding: 0
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
        Label {
            x: 20
            height: Theme.size.header
            text: root.title
            font: Theme.font.dialogTitle
            Accessible.role: Accessible.Heading
        }
        IconButton {
            objectName: "dialogClose"
            anchors.right: parent.right
            anchors.rightMargin: 8
            y: (Theme.size.header - height) / 2
            iconName: "close"
            tip: qsTr("Close")
            onClicked: root.close()
        }
        Separator {
            y: Theme.size.header
            width: parent.width
        }
        Item {
            id: body
            y: Theme.size.header + 1
            width: parent.width
            height: parent.height - y
        }
    }
}
