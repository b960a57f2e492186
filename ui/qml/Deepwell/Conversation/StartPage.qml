// A conversation without a question yet: what is loaded, and three questions to begin with.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ApplicationModel application
    readonly property StartModel start: application.start
    signal questionChosen(string question)

    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, content.height + 48)
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Column {
            id: content
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(Math.round(560 * Theme.size.columnFactor), root.width - 48)
            y: Math.max(24, (root.height - height) / 2 - 6)
            spacing: 0
            Icon {
                name: "mark"
                size: 44
                color: Theme.color.accent
            }
            Label {
                topPadding: 14
                width: parent.width
                text: qsTr("Ask something worth thinking about")
                font: Theme.font.startTitle
                wrapMode: Text.Wrap
                lineHeight: Theme.font.px(32)
                Accessible.role: Accessible.Heading
            }
            Label {
                topPadding: 4
                width: parent.width
                text: root.start.line
                font: Theme.font.reading
                color: Theme.color.text2
                wrapMode: Text.Wrap
                lineHeight: Theme.size.readingLine
            }
            Item {
                width: 1
                height: 20
            }
            StartCard {
                width: parent.width
                start: root.start
                onQuestionChosen: (question) => root.questionChosen(question)
            }
            Item {
                width: 1
                height: 16
                visible: root.start.note.length > 0
            }
            Item {
                visible: root.start.note.length > 0
                width: parent.width
                height: note.height
                Icon {
                    y: 2
                    name: "info"
                }
                Column {
                    id: note
                    x: 26
                    width: parent.width - x
                    Label {
                        width: parent.width
                        text: root.start.note
                        textFormat: Text.StyledText
                        color: Theme.color.text2
                        wrapMode: Text.Wrap
                    }
                    Button {
                        kind: "link"
                        compact: true
                        text: qsTr("Add a model…")
                        onClicked: root.application.showSettings("models")
                    }
                }
            }
        }
    }
}
