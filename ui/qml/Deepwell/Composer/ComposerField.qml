// The text of the question. Enter sends (or Ctrl Enter, as set), never while an input method composes.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ConversationModel conversation
    readonly property ComposerModel composer: conversation.composer
    readonly property real wantedHeight: Math.max(area.contentHeight, Theme.size.readingLine - 2) + 14
    readonly property bool typing: area.activeFocus
    readonly property bool typingText: area.length > 0 || area.preeditText.length > 0
    // The rest of a long text that is being pasted, little by little: laying out a book at once
    // would hold the window still.
    property string pasting: ""
    signal followRequested()

    function paste(text: string): void {
        if (area.selectedText.length > 0) {
            area.remove(area.selectionStart, area.selectionEnd)
        }
        pasting = text
        pasteOn()
    }
    function pasteOn(): void {
        const line = pasting.indexOf("\n", 20000)
        const end = line >= 0 && line < 30000 ? line + 1 : 20000
        const piece = pasting.slice(0, end)
        pasting = pasting.slice(end)
        area.insert(area.cursorPosition, piece)
        if (pasting.length > 0) {
            next.restart()
        }
    }
    Timer {
        id: next
        interval: 0
        onTriggered: if (root.pasting.length > 0) root.pasteOn()
    }
    function takeFocus(): void {
        area.forceActiveFocus()
        area.cursorPosition = area.length
    }

    Flickable {
        id: view
        anchors.fill: parent
        contentWidth: width
        contentHeight: area.height
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds

        T.TextArea {
            id: area
            objectName: "composerText"
            focus: true
            width: view.width
            height: Math.max(view.height, contentHeight + topPadding + bottomPadding)
            leftPadding: 14
            rightPadding: 14
            topPadding: 11
            bottomPadding: 3
            font: Theme.font.reading
            color: Theme.color.text1
            selectionColor: Theme.color.selection
            selectedTextColor: Theme.color.text1
            wrapMode: TextEdit.Wrap
            selectByMouse: true
            textFormat: TextEdit.PlainText
            readOnly: root.composer.saving || root.pasting.length > 0
            placeholderText: root.conversation.empty || !root.conversation.running
                ? qsTr("Ask anything. Shift+Enter starts a new line.") : qsTr("Write the next question…")
            Accessible.name: qsTr("Question")
            Accessible.description: placeholderText
            onTextChanged: if (root.composer.text !== text) root.composer.text = text
            onCursorRectangleChanged: view.keepInView(cursorRectangle)

            Keys.onPressed: (event) => {
                const enter = event.key === Qt.Key_Return || event.key === Qt.Key_Enter
                if (event.matches(StandardKey.Paste) && !readOnly) {
                    const text = root.composer.clipboardText()
                    event.accepted = text.length > 30000
                    if (event.accepted) {
                        root.paste(text)
                    }
                } else if (enter && root.pasting.length > 0) {
                    event.accepted = true
                } else if (enter && !inputMethodComposing) {
                    const control = event.modifiers & Qt.ControlModifier
                    const plain = !(event.modifiers & (Qt.ShiftModifier | Qt.ControlModifier | Qt.AltModifier))
                    if (root.composer.enterSends ? plain : control) {
                        event.accepted = true
                        root.conversation.send()
                    }
                } else if (event.key === Qt.Key_End && (event.modifiers & Qt.ControlModifier)) {
                    event.accepted = true
                    cursorPosition = length
                    root.followRequested()
                } else if (event.key === Qt.Key_Up && length === 0 && !root.conversation.empty) {
                    event.accepted = true
                    root.conversation.beginEditLast()
                } else if (event.key === Qt.Key_Tab) {
                    event.accepted = true
                    nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
                } else if (event.key === Qt.Key_Backtab) {
                    event.accepted = true
                    nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
                }
            }
        }
        Text {
            visible: area.length === 0 && area.preeditText.length === 0
            x: area.leftPadding
            y: area.topPadding
            width: area.width - 2 * x
            text: area.placeholderText
            font: area.font
            color: Theme.color.text3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        function keepInView(caret: rect): void {
            if (caret.y < contentY) {
                contentY = Math.max(0, caret.y - area.topPadding)
            } else if (caret.y + caret.height > contentY + height) {
                contentY = Math.min(contentHeight - height, caret.y + caret.height + area.bottomPadding - height)
            }
        }
        WheelStep {
            enabled: view.interactive
            flickable: view
        }
    }
    Connections {
        target: root.composer
        function onTextReplaced(): void {
            root.pasting = ""
            area.text = root.composer.text
            area.cursorPosition = area.length
        }
    }
    Binding {
        target: area
        property: "text"
        value: root.composer.text
        when: !area.activeFocus
        restoreMode: Binding.RestoreNone
    }
    Component.onCompleted: area.text = composer.text
}
