// The row that stands for a thought: a click anywhere on it folds or opens.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ThoughtModel thought
    signal foldRequested()
    signal answerNowRequested()
    implicitHeight: Theme.size.control

    T.Button {
        id: row
        objectName: "thoughtRow"
        height: parent.height
        width: answerNow.visible ? answerNow.x - 8 : parent.width
        enabled: root.thought.hasText
        focusPolicy: Qt.TabFocus
        hoverEnabled: true
        Accessible.name: root.thought.accessibleName
        onClicked: root.foldRequested()
        background: Rectangle {
            radius: Theme.size.radiusControl
            color: "transparent"
            StateLayer {
                anchors.fill: parent
                radius: parent.radius
                hovered: row.hovered && row.enabled
                down: row.down
            }
            FocusRing {
                anchors.margins: 0
                visible: row.visualFocus
            }
        }
        contentItem: Item {
            Icon {
                id: arrow
                x: LayoutMirroring.enabled ? parent.width - width : 0
                anchors.verticalCenter: parent.verticalCenter
                visible: root.thought.hasText
                name: root.thought.folded ? (LayoutMirroring.enabled ? "chevron-left" : "chevron-right") : "chevron-down"
            }
            Row {
                anchors.left: parent.left
                anchors.leftMargin: 24
                height: parent.height
                spacing: 8
                Label {
                    height: parent.height
                    text: root.thought.title
                    font: root.thought.running ? Theme.font.heading : Theme.font.button
                    color: root.thought.running ? Theme.color.text1 : Theme.color.text2
                    Accessible.ignored: true
                }
                Label {
                    visible: root.thought.running
                    height: parent.height
                    text: root.thought.timeText
                    color: Theme.color.text2
                    Accessible.ignored: true
                }
                Label {
                    visible: root.thought.running
                    height: parent.height
                    text: "·"
                    color: Theme.color.text2
                    Accessible.ignored: true
                }
                Label {
                    visible: root.thought.running
                    height: parent.height
                    text: root.thought.tokensText
                    color: Theme.color.text2
                    Accessible.ignored: true
                }
            }
        }
    }
    Button {
        id: answerNow
        objectName: "answerNow"
        visible: root.thought.running
        enabled: root.thought.canAnswerNow
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        compact: true
        kind: "quiet"
        font: Theme.font.smallMedium
        iconName: "skip"
        text: qsTr("Answer now")
        onClicked: root.answerNowRequested()
    }
}
