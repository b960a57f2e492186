// All keys on one sheet.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Dialog {
    id: root
    objectName: "keySheet"
    title: qsTr("Keyboard shortcuts")
    width: Math.min(960, parent ? parent.width - 32 : 960)
    height: Math.min(629, parent ? parent.height - 32 : 629)

    Flickable {
        id: view
        anchors.fill: parent
        contentHeight: Math.max(left.height, right.height) + 32
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        WheelStep { flickable: view }
        Column {
            id: left
            x: 24
            y: 12
            width: (parent.width - 96) / 2
            spacing: 16
            KeyGroup {
                width: parent.width
                title: qsTr("General")
                keys: [[qsTr("Settings"), "Ctrl ,"], [qsTr("Keyboard shortcuts"), "F1"],
                    [qsTr("Show or hide the sidebar"), "Ctrl B"],
                    [qsTr("Larger, smaller, normal text"), "Ctrl +", "Ctrl −", "Ctrl 0"],
                    [qsTr("Light or dark"), "Ctrl Shift L"], [qsTr("Full screen"), "F11"],
                    [qsTr("Next area"), "F6"]]
            }
            KeyGroup {
                width: parent.width
                title: qsTr("Conversations")
                keys: [[qsTr("New conversation"), "Ctrl N"], [qsTr("Search everywhere"), "Ctrl Shift F"],
                    [qsTr("Previous, next"), "Ctrl PgUp", "Ctrl PgDn"], [qsTr("Rename"), "F2"],
                    [qsTr("Export…"), "Ctrl E"], [qsTr("Delete, can be undone"), "Ctrl Shift Del"]]
            }
        }
        Column {
            id: right
            x: left.x + left.width + 48
            y: 12
            width: left.width
            spacing: 16
            KeyGroup {
                width: parent.width
                title: qsTr("Writing")
                keys: [[qsTr("Send"), "Enter"], [qsTr("New line"), "Shift Enter"],
                    [qsTr("Edit the last question, in an empty field"), "↑"],
                    [qsTr("Focus the composer"), "Ctrl L"], [qsTr("Thinking effort"), "Ctrl Shift H"]]
            }
            KeyGroup {
                width: parent.width
                title: qsTr("Reading")
                keys: [[qsTr("Stop the reply"), "Esc"], [qsTr("Answer now, end the thought"), "Ctrl J"],
                    [qsTr("Fold or open the thought"), "Ctrl T"],
                    [qsTr("Fold or open all thoughts"), "Ctrl Shift T"], [qsTr("Try again"), "Ctrl R"],
                    [qsTr("Previous, next version"), "Alt ←", "Alt →"],
                    [qsTr("Copy the last answer"), "Ctrl Shift C"],
                    [qsTr("Previous, next message"), "Alt ↑", "Alt ↓"], [qsTr("To the end"), "Ctrl End"]]
            }
            KeyGroup {
                width: parent.width
                title: qsTr("Model")
                keys: [[qsTr("Switch model"), "Ctrl M"], [qsTr("Unload the model"), "Ctrl Shift M"]]
            }
        }
    }
}
