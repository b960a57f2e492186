// Off, Short, Medium, Long, No limit.
import QtQuick
import Deepwell.Controls
import Deepwell.ViewModels

Menu {
    id: root
    required property ConversationModel conversation

    component Choice: MenuItem {
        required property int effort
        objectName: "effort" + effort
        checkable: true
        checked: root.conversation.composer.effort === effort
        onTriggered: root.conversation.setEffort(effort)
    }
    Choice {
        effort: 0
        text: qsTr("Off: answer at once")
    }
    Choice {
        effort: 1
        text: qsTr("Short: 1,024 tokens")
    }
    Choice {
        effort: 2
        text: qsTr("Medium: 4,096 tokens")
    }
    Choice {
        effort: 3
        text: qsTr("Long: 16,384 tokens")
    }
    Choice {
        effort: 4
        text: qsTr("No limit")
    }
}
