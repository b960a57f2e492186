// What this is, and where things lie.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

SettingsScroll {
    id: root
    required property ApplicationModel application

    SettingsCard {
        title: qsTr("Deepwell %1").arg(root.application.version)
        SettingRow {
            first: true
            title: qsTr("R1 on your own desk")
            note: qsTr("Nothing you write leaves this computer: Deepwell opens no network connection.")
        }
        SettingRow {
            title: qsTr("Your conversations and settings")
            note: root.application.settings.dataFolder
        }
        SettingRow {
            title: qsTr("Licence")
            note: qsTr("MIT. Model files have licences of their own.")
        }
    }
}
