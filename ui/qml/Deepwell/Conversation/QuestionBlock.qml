// A question: a tinted block. Copy and Edit stand at its end while the mouse or the focus is on it;
// edited, it is a field whose text becomes another branch.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Blocks

FocusScope {
    id: root
    required property string text
    required property bool unfolded
    required property bool editing
    required property int versionIndex
    required property int versionCount
    readonly property int cutHeight: 12 * Theme.size.readingLine
    // Of a pasted book only what may be seen is laid out: more than twelve of the widest lines.
    readonly property bool shortened: !unfolded && text.length > 6000
    readonly property bool cut: shortened || (!unfolded && words.contentHeight > cutHeight + Theme.size.readingLine)
    signal copyRequested()
    signal editRequested()
    signal editKept(string text)
    signal editLeft()
    signal unfoldRequested()
    signal versionChosen(int step)

    implicitHeight: editing ? editor.implicitHeight : frame.height + (versions.visible ? versions.height + 4 : 0)

    Rectangle {
        id: frame
        width: parent.width
        height: clipper.height + 24 + (more.visible ? more.height : 0)
        visible: !root.editing
        radius: Theme.size.radiusPopup
        color: Theme.color.question
        Item {
            id: clipper
            x: 16
            y: 12
            width: parent.width - 32
            height: root.cut ? Math.min(root.cutHeight, words.contentHeight) : words.contentHeight
            clip: root.cut
            QuestionText {
                id: words
                objectName: "questionText"
                y: -Theme.size.halfLeading
                width: parent.width
                source: root.shortened ? root.text.slice(0, 6000) : root.text
            }
        }
        Button {
            id: more
            visible: root.cut
            kind: "link"
            compact: true
            x: 16
            y: clipper.y + clipper.height
            text: qsTr("Show all")
            onClicked: root.unfoldRequested()
        }
        Row {
            id: tools
            anchors.right: parent.right
            anchors.rightMargin: 6
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 6
            opacity: hover.hovered || copy.activeFocus || edit.activeFocus ? 1 : 0
            spacing: 4
            IconButton {
                id: copy
                objectName: "copyQuestion"
                compact: true
                framed: true
                iconName: "copy"
                tip: qsTr("Copy the question")
                onClicked: root.copyRequested()
            }
            IconButton {
                id: edit
                objectName: "editQuestion"
                compact: true
                framed: true
                iconName: "pencil"
                tip: qsTr("Edit the question")
                onClicked: root.editRequested()
            }
        }
        HoverHandler { id: hover }
    }
    VersionSteps {
        id: versions
        visible: root.versionCount > 1 && !root.editing
        y: frame.height + 4
        index: root.versionIndex
        count: root.versionCount
        onChosen: (step) => root.versionChosen(step)
    }
    QuestionEditor {
        id: editor
        visible: root.editing
        width: parent.width
        text: root.text
        onKept: (text) => root.editKept(text)
        onCancelled: root.editLeft()
    }
}
