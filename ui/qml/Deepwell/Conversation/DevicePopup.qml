// The figures behind the device chip.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Popup {
    id: root
    required property DeviceModel device
    signal unloadRequested()
    width: Math.round(300 * Math.max(1, Theme.textFactor * 0.8))
    padding: 16

    contentItem: Item {
        implicitHeight: column.height
        Column {
            id: column
            width: parent.width
            spacing: 8
            Label {
                width: parent.width
                text: root.device.longName
                font: Theme.font.heading
            }
            MemoryBar {
                width: parent.width
                height: 14
                outlined: true
                parts: root.device.parts
            }
            Repeater {
                model: root.device.figures
                Item {
                    required property var modelData
                    width: parent ? parent.width : 0
                    height: Theme.size.uiLine
                    MemorySwatch {
                        anchors.verticalCenter: parent.verticalCenter
                        kind: parent.modelData.kind
                    }
                    Label {
                        x: 18
                        height: parent.height
                        text: parent.modelData.name
                        color: Theme.color.text2
                    }
                    Label {
                        anchors.right: parent.right
                        height: parent.height
                        text: parent.modelData.value
                    }
                }
            }
            Row {
                spacing: 8
                Button {
                    objectName: "unloadButton"
                    text: qsTr("Unload")
                    enabled: root.device.modelLoaded
                    onClicked: {
                        root.unloadRequested()
                        root.close()
                    }
                }
                Button {
                    kind: "quiet"
                    text: qsTr("Check again")
                    onClicked: root.device.checkAgain()
                }
            }
        }
    }
}
