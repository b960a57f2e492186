// Where models run.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

SettingsScroll {
    id: root
    required property SettingsModel settings
    required property DeviceModel device
    readonly property var devices: ["auto", "cpu", "cuda"]

    SettingsCard {
        title: qsTr("Device")
        SettingRow {
            first: true
            title: qsTr("Run models on")
            note: qsTr("From the next model that is loaded")
            SegmentedControl {
                objectName: "device"
                name: qsTr("Run models on")
                options: [qsTr("Automatic"), qsTr("Processor"), qsTr("Graphics card")]
                currentIndex: Math.max(0, root.devices.indexOf(root.settings.device))
                onChosen: (index) => root.settings.device = root.devices[index]
            }
        }
        SettingRow {
            title: qsTr("Processor threads")
            note: qsTr("0: as many as there are physical cores")
            NumberField {
                placeholderText: qsTr("Processor threads")
                value: root.settings.threads
                onEdited: (number) => root.settings.threads = number
            }
        }
    }
    SettingsCard {
        title: qsTr("Memory")
        Item {
            width: parent ? parent.width : 0
            height: words.height + 32
            Column {
                id: words
                x: 16
                y: 16
                width: parent.width - 32
                spacing: 8
                Label { text: root.device.longName }
                MemoryBar {
                    width: parent.width
                    height: 14
                    outlined: true
                    parts: root.device.parts
                }
                MemoryLegend {
                    width: parent.width
                    figures: root.device.figures
                }
            }
        }
    }
}
