// Theme, text size, reading width, motion, the key that sends.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

SettingsScroll {
    id: root
    required property SettingsModel settings

    SettingsCard {
        title: qsTr("Look")
        SettingRow {
            first: true
            title: qsTr("Theme")
            note: qsTr("System follows your desktop")
            SegmentedControl {
                objectName: "theme"
                name: qsTr("Theme")
                options: [qsTr("System"), qsTr("Light"), qsTr("Dark")]
                currentIndex: root.settings.theme
                onChosen: (index) => root.settings.theme = index
            }
        }
        SettingRow {
            title: qsTr("Text size")
            note: qsTr("Also by Ctrl + and Ctrl −")
            Row {
                spacing: 8
                Slider {
                    objectName: "textSize"
                    anchors.verticalCenter: parent.verticalCenter
                    name: qsTr("Text size")
                    valueText: qsTr("%1 %").arg(root.settings.textSize)
                    from: 80
                    to: 200
                    stepSize: 10
                    snapMode: Slider.SnapAlways
                    value: root.settings.textSize
                    live: false
                    onValueChanged: if (value !== root.settings.textSize) root.settings.textSize = value
                }
                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.round(48 * Theme.textFactor)
                    text: qsTr("%1 %").arg(root.settings.textSize)
                }
            }
        }
        SettingRow {
            title: qsTr("Reading width")
            note: qsTr("Of questions, answers and code")
            SegmentedControl {
                objectName: "readingWidth"
                name: qsTr("Reading width")
                options: [qsTr("Narrow"), qsTr("Comfortable"), qsTr("Wide"), qsTr("Full")]
                currentIndex: root.settings.readingWidth
                onChosen: (index) => root.settings.readingWidth = index
            }
        }
        SettingRow {
            title: qsTr("Motion")
            note: qsTr("Reduced: nothing slides, fades or pulses")
            SegmentedControl {
                name: qsTr("Motion")
                options: [qsTr("System"), qsTr("Full"), qsTr("Reduced")]
                currentIndex: root.settings.motion
                onChosen: (index) => root.settings.motion = index
            }
        }
    }
    SettingsCard {
        title: qsTr("Writing")
        SettingRow {
            first: true
            title: qsTr("Enter sends")
            note: qsTr("Off: Enter starts a new line and Ctrl Enter sends")
            Switch {
                name: qsTr("Enter sends")
                checked: root.settings.enterSends
                onClicked: root.settings.enterSends = checked
            }
        }
    }
}
