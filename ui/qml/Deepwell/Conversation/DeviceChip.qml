// Where the model runs and what it takes: a bar and figures; a click shows them all.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

T.Button {
    id: root
    required property DeviceModel device
    property bool compact: false
    signal unloadRequested()

    implicitWidth: row.implicitWidth + 22
    implicitHeight: Theme.size.control
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.name: device.accessibleName
    onClicked: details.opened ? details.close() : details.open()

    background: ButtonBack { control: root }
    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 8
            Icon {
                name: "chip"
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                visible: !root.compact
                text: root.device.name
                color: Theme.color.text2
                anchors.verticalCenter: parent.verticalCenter
                Accessible.ignored: true
            }
            MemoryBar {
                width: 56
                parts: root.device.parts
                anchors.verticalCenter: parent.verticalCenter
            }
            Row {
                anchors.verticalCenter: parent.verticalCenter
                spacing: 4
                Label {
                    text: root.device.usedText
                    font: Theme.font.button
                    Accessible.ignored: true
                }
                Label {
                    text: "/ " + root.device.totalText
                    color: Theme.color.text2
                    Accessible.ignored: true
                }
            }
        }
    }
    DevicePopup {
        id: details
        device: root.device
        x: root.width - width
        y: root.height + 4
        onUnloadRequested: root.unloadRequested()
    }
}
