// Where a question is written: the field above, its tools below, in one frame.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ConversationModel conversation
    property real maximumHeight: 320
    property bool narrow: false
    signal followRequested()
    signal samplingRequested()
    signal contextRequested()

    readonly property bool wrong: conversation.composer.problem.length > 0

    implicitHeight: field.height + problem.implicitHeight + tools.height + 14
    height: implicitHeight

    function focusField(): void {
        field.takeFocus()
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.size.radiusPopup
        color: Theme.color.raised
        border.width: field.typing || root.wrong ? 2 : 1
        border.color: root.wrong ? Theme.color.bad : field.typing ? Theme.color.accent : Theme.color.control
    }
    ComposerField {
        id: field
        objectName: "composerField"
        focus: true
        x: 2
        y: 2
        width: parent.width - 4
        height: Math.min(root.maximumHeight - problem.implicitHeight - tools.height - 14, wantedHeight)
        conversation: root.conversation
        onFollowRequested: root.followRequested()
    }
    ComposerProblem {
        id: problem
        x: 9
        y: tools.y - height
        width: parent.width - 18
        height: implicitHeight
        conversation: root.conversation
        onContextRequested: root.contextRequested()
    }
    ComposerTools {
        id: tools
        x: 9
        y: parent.height - height - 9
        width: parent.width - 18
        conversation: root.conversation
        narrow: root.narrow
        typing: field.typingText
        onSamplingRequested: root.samplingRequested()
        onContextRequested: root.contextRequested()
    }
}
