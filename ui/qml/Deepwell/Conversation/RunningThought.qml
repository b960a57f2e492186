// The text of a thought while it comes: at most half the view, with its own following.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Blocks
import Deepwell.Text
import Deepwell.ViewModels

Flickable {
    id: root
    required property ThoughtModel thought
    required property real maximumHeight
    property bool following: true
    readonly property bool endInView: contentHeight - contentY - height <= 24

    height: Math.min(maximumHeight, Math.max(Theme.size.thoughtLine, contentHeight))
    contentWidth: width
    contentHeight: edit.contentHeight
    clip: true
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    onContentHeightChanged: if (following) contentY = Math.max(0, contentHeight - height)
    onHeightChanged: if (following) contentY = Math.max(0, contentHeight - height)
    onDraggingChanged: following = dragging ? false : endInView
    onMovementEnded: following = endInView

    ReadingText {
        id: edit
        objectName: "thoughtText"
        y: -Theme.size.halfLeading
        width: root.width
        font: Theme.font.thought
        color: Theme.color.text2
        Accessible.name: qsTr("Thought")
    }
    Rectangle {
        readonly property rect place: edit.length >= 0 ? edit.positionToRectangle(edit.length) : Qt.rect(0, 0, 0, 0)
        visible: root.thought.running
        x: place.x + 2
        y: edit.y + place.y
        width: 2
        height: place.height
        color: Theme.color.accent
    }
    GrowingText {
        document: edit.textDocument
        editor: edit
        text: root.thought.text
        font: Theme.font.thought
        lineHeight: Theme.size.thoughtLine
    }
    WheelHandler {
        enabled: root.contentHeight > root.height
        onWheel: (event) => {
            const delta = event.pixelDelta.y !== 0 ? event.pixelDelta.y
                : event.angleDelta.y / 120 * 3 * Theme.size.thoughtLine
            const bottom = Math.max(0, root.contentHeight - root.height)
            const wanted = root.contentY - delta
            event.accepted = !(wanted < 0 && root.contentY <= 0) && !(wanted > bottom && root.contentY >= bottom)
            if (event.accepted) {
                root.contentY = Math.max(0, Math.min(bottom, wanted))
                root.following = delta < 0 && root.endInView
            }
        }
    }
}
