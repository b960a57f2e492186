// The thought of one reply: its head, and its text while it runs, beside the depth rule. Once it has
// ended and is opened again, its blocks are rows of the list below this one.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Item {
    id: root
    required property ThoughtModel thought
    required property real viewHeight
    readonly property bool showsText: thought.asText && !thought.folded
    signal foldRequested()
    signal answerNowRequested()
    implicitHeight: head.height + (showsText ? body.height + fold.height : 0)

    ThoughtHead {
        id: head
        width: parent.width
        thought: root.thought
        onFoldRequested: root.foldRequested()
        onAnswerNowRequested: root.answerNowRequested()
    }
    Item {
        id: body
        visible: root.showsText
        y: head.height
        width: parent.width
        height: view.y + view.height + 2
        DepthRule {
            x: LayoutMirroring.enabled ? parent.width - 9 : 7
            height: parent.height
            depth: root.thought.depth
        }
        ThoughtMargin {
            height: parent.height
            opacity: 0
            onFoldRequested: root.foldRequested()
        }
        RunningThought {
            id: view
            x: 24
            y: 4
            width: Math.min(parent.width - 24, Theme.size.prose - 10)
            thought: root.thought
            maximumHeight: Math.max(120, root.viewHeight / 2)
        }
    }
    Button {
        id: fold
        objectName: "foldThought"
        visible: root.showsText
        x: 12
        y: head.height + body.height
        compact: true
        kind: "quiet"
        font: Theme.font.small
        ink: Theme.color.text3
        spacing: 6
        iconName: "chevron-up"
        iconSize: Theme.size.smallIcon
        text: qsTr("Fold")
        onClicked: root.foldRequested()
    }
}
