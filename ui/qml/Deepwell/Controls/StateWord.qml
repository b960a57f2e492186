// A state: icon and word in its colour, never colour alone.
import QtQuick
import Deepwell.Theme

Row {
    id: root
    required property string word
    required property string tone       // ok, warn, bad, info, quiet
    property string iconName: tone === "ok" ? "check" : tone === "warn" ? "warning" : tone === "bad" ? "error" : "info"
    readonly property color ink: tone === "ok" ? Theme.color.ok : tone === "warn" ? Theme.color.warn
        : tone === "bad" ? Theme.color.bad : tone === "info" ? Theme.color.accent : Theme.color.text2

    spacing: 6
    visible: word.length > 0
    Accessible.role: Accessible.StaticText
    Accessible.name: word
    Icon {
        name: root.iconName
        color: root.ink
        size: Theme.size.mediumIcon
        anchors.verticalCenter: parent.verticalCenter
    }
    Text {
        text: root.word
        font: Theme.font.smallMedium
        color: root.ink
        anchors.verticalCenter: parent.verticalCenter
    }
}
