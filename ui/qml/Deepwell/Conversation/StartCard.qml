// The state of the model and the three questions.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Card {
    id: root
    required property StartModel start
    readonly property int rowHeight: Theme.size.row
    signal questionChosen(string question)
    height: head.height + 3 * rowHeight + 1

    Item {
        id: head
        width: parent.width
        height: rowHeight_
        readonly property int rowHeight_: Math.max(46, Theme.size.uiLine + 26)
        Row {
            x: 13
            height: parent.height
            spacing: 12
            StateWord {
                word: root.start.stateWord
                tone: root.start.stateTone
                iconName: root.start.stateIcon
                anchors.verticalCenter: parent.verticalCenter
            }
            Label {
                text: root.start.modelName
                font: Theme.font.button
                height: parent.height
                width: Math.min(implicitWidth, root.width * 0.45)
            }
            Chip {
                text: root.start.quantization
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        Label {
            anchors.right: parent.right
            anchors.rightMargin: 12
            height: parent.height
            text: root.start.figures
            font: Theme.font.small
            color: Theme.color.text2
        }
    }
    Column {
        y: head.height
        x: 1
        width: parent.width - 2
        Repeater {
            model: root.start.questions
            T.Button {
                id: row
                required property int index
                required property var modelData
                objectName: "startQuestion" + index
                width: parent.width
                height: root.rowHeight
                focusPolicy: Qt.TabFocus
                hoverEnabled: true
                text: modelData.text
                Accessible.name: text
                onClicked: root.questionChosen(modelData.text)
                background: Item {
                    Separator { width: parent.width }
                    StateLayer {
                        anchors.fill: parent
                        anchors.topMargin: 1
                        radius: row.index === 2 ? Theme.size.radiusCard - 1 : 0
                        hovered: row.hovered
                        down: row.down
                    }
                    FocusRing {
                        anchors.margins: 2
                        innerRadius: 0
                        visible: row.visualFocus
                    }
                }
                contentItem: Item {
                    Icon {
                        id: picture
                        x: 12
                        anchors.verticalCenter: parent.verticalCenter
                        name: row.modelData.icon
                        color: Theme.color.accent
                    }
                    Label {
                        anchors.left: picture.right
                        anchors.leftMargin: 8
                        anchors.right: arrow.left
                        anchors.rightMargin: 8
                        height: parent.height
                        text: row.text
                        Accessible.ignored: true
                    }
                    Icon {
                        id: arrow
                        anchors.right: parent.right
                        anchors.rightMargin: 12
                        anchors.verticalCenter: parent.verticalCenter
                        name: LayoutMirroring.enabled ? "chevron-left" : "chevron-right"
                    }
                }
            }
        }
    }
}
