// One row of the list: whatever its kind says, in the reading column.
import QtQuick
import Deepwell.Theme
import Deepwell.Blocks
import Deepwell.ViewModels

Item {
    id: root
    required property int index
    required property string kind
    required property string messageId
    required property var block
    required property string questionText
    required property ThoughtModel thought
    required property bool inThought
    required property bool wrap
    required property bool unfolded
    required property int gap
    required property int indent
    required property string stateText
    required property string stateIcon
    required property bool canContinue
    required property bool canAnswerNow
    required property bool lastReply
    required property int versionIndex
    required property int versionCount
    required property string statistics
    required property string accessibleName
    required property bool editing
    property ConversationModel conversation: null
    property real viewHeight: 600
    readonly property MessageModel messages: conversation.messages
    signal editRequested(string messageId)
    signal exportRequested()
    signal contextRequested()

    implicitHeight: gap + loader.height
    height: implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: accessibleName
    Accessible.ignored: accessibleName.length === 0

    ThoughtMargin {
        visible: root.inThought
        x: loader.x - 24
        height: parent.height
        onFoldRequested: root.messages.toggleFold(root.messageId)
    }
    Loader {
        id: loader
        readonly property real inset: root.inThought ? 24 : root.indent
        y: root.gap
        x: Math.round((root.width - Math.min(Theme.size.column, root.width - Theme.size.columnMargin)) / 2) + (LayoutMirroring.enabled ? 0 : inset)
        width: Math.min(Theme.size.column, root.width - Theme.size.columnMargin) - inset
        sourceComponent: root.kind === "prose" ? prose : root.kind === "code" ? code
            : root.kind === "question" ? question : root.kind === "thought" ? thought_
            : root.kind === "table" ? table : root.kind === "formula" ? formula
            : root.kind === "rule" ? rule : root.kind === "problem" ? problem
            : root.kind === "note" ? note : foot
    }
    Component {
        id: prose
        ProseBlock {
            block: root.block
            inThought: root.inThought
        }
    }
    Component {
        id: code
        CodeBlock {
            block: root.block
            wrap: root.wrap
            unfolded: root.unfolded
            onWrapToggled: root.messages.setWrap(root.index, !root.wrap)
            onUnfoldRequested: root.messages.unfold(root.index)
        }
    }
    Component {
        id: table
        TableBlock { block: root.block }
    }
    Component {
        id: formula
        FormulaBlock { block: root.block }
    }
    Component {
        id: rule
        RuleBlock {}
    }
    Component {
        id: question
        QuestionBlock {
            text: root.questionText
            unfolded: root.unfolded
            editing: root.editing
            versionIndex: root.versionIndex
            versionCount: root.versionCount
            onCopyRequested: root.messages.copy(root.messageId)
            onEditRequested: root.editRequested(root.messageId)
            onEditKept: (text) => root.conversation.edit(root.messageId, text)
            onEditLeft: root.conversation.endEdit()
            onUnfoldRequested: root.messages.unfold(root.index)
            onVersionChosen: (step) => root.conversation.chooseVersion(root.messageId, step)
        }
    }
    Component {
        id: thought_
        ThoughtBlock {
            thought: root.thought
            viewHeight: root.viewHeight
            onFoldRequested: root.messages.toggleFold(root.messageId)
            onAnswerNowRequested: root.conversation.answerNow()
        }
    }
    Component {
        id: problem
        ReplyProblem {
            problem: root.block
            onActionChosen: (kind) => root.conversation.act(root.messageId, kind)
            onDismissed: root.messages.dismissProblem(root.messageId)
        }
    }
    Component {
        id: note
        LeftOutNote {
            text: root.stateText
            onContextRequested: root.contextRequested()
        }
    }
    Component {
        id: foot
        ReplyFoot {
            row: root
            onExportRequested: root.exportRequested()
            onEditRequested: root.editRequested(root.messages.questionOf(root.messageId))
        }
    }
}
