// Which model answers here, and how it stands: opens the switcher.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

T.Button {
    id: root
    required property CurrentVariantModel variant
    property bool compact: false
    property bool active: false
    readonly property string state_: variant.state   // ready, busy, loading, unloaded, error

    implicitWidth: Math.min(leftPadding + dot.width + 8 + nameLabel.implicitWidth + (chip.visible ? chip.implicitWidth + 8 : 0) + arrow.width + 8 + rightPadding, 520)
    implicitHeight: Theme.size.control
    leftPadding: 10
    rightPadding: 9
    focusPolicy: Qt.TabFocus
    hoverEnabled: true
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: qsTr("Model: %1").arg(variant.accessibleState)

    background: ButtonBack {
        control: root
        chosen: root.active
        border.color: root.active ? Theme.color.accent : root.state_ === "error" ? Theme.color.bad : Theme.color.line
        Rectangle {
            visible: root.state_ === "loading"
            x: 4
            y: parent.height - 3
            height: 2
            width: (parent.width - 8) * root.variant.loadProgress
            color: Theme.color.accent
        }
    }
    contentItem: Item {
        Rectangle {
            id: dot
            anchors.verticalCenter: parent.verticalCenter
            width: 8
            height: 8
            radius: 4
            color: root.state_ === "ready" ? Theme.color.ok : root.state_ === "unloaded" ? "transparent"
                : root.state_ === "error" ? Theme.color.bad : Theme.color.accent
            border.width: root.state_ === "unloaded" ? 1.5 : 0
            border.color: Theme.color.text3
        }
        Row {
            id: words
            anchors.left: dot.right
            anchors.leftMargin: 8
            anchors.right: arrow.left
            anchors.rightMargin: 8
            height: parent.height
            spacing: 8
            clip: true
            Label {
                id: nameLabel
                height: parent.height
                width: Math.min(implicitWidth, Math.max(20, words.width - (chip.visible ? chip.width + 8 : 0)))
                text: root.variant.buttonText
                font: Theme.font.button
                Accessible.ignored: true
            }
            Chip {
                id: chip
                visible: !root.compact && text.length > 0
                anchors.verticalCenter: parent.verticalCenter
                text: root.variant.quantization
            }
        }
        Icon {
            id: arrow
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            color: Theme.color.text1
        }
    }
}
