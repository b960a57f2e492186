// "‹ 2 / 3 ›": the versions of an answer or a question. Never mirrored.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Row {
    id: root
    required property int index
    required property int count
    signal chosen(int step)
    LayoutMirroring.enabled: false

    IconButton {
        objectName: "previousVersion"
        compact: true
        iconName: "chevron-left"
        tip: qsTr("Previous version")
        keys: qsTr("Alt ←")
        enabled: root.index > 0
        onClicked: root.chosen(-1)
    }
    Label {
        objectName: "versionText"
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("%1 / %2").arg(root.index + 1).arg(root.count)
        font: Theme.font.smallMedium
        color: Theme.color.text2
        Accessible.name: qsTr("Version %1 of %2").arg(root.index + 1).arg(root.count)
    }
    IconButton {
        objectName: "nextVersion"
        compact: true
        iconName: "chevron-right"
        tip: qsTr("Next version")
        keys: qsTr("Alt →")
        enabled: root.index < root.count - 1
        onClicked: root.chosen(1)
    }
}
