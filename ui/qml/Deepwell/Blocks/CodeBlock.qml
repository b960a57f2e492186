// Code in its frame: language, wrap, copy; long lines scroll sideways inside.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Text

Rectangle {
    id: root
    required property var block
    property bool wrap: false
    property bool unfolded: false
    signal wrapToggled()
    signal unfoldRequested()

    implicitHeight: head.height + 1 + view.height + (more.visible ? more.height + 8 : 0)
    color: Theme.color.sunk
    radius: Theme.size.radiusCard
    border.width: 1
    border.color: Theme.color.line
    Accessible.role: Accessible.Grouping
    Accessible.name: filler.language.length > 0 ? qsTr("Code, %1").arg(filler.language) : qsTr("Code")

    CodeHead {
        id: head
        width: parent.width
        language: filler.language
        wrap: root.wrap
        onWrapToggled: root.wrapToggled()
        onCopyRequested: filler.copyAll()
    }
    Separator {
        y: head.height
        width: parent.width
    }
    Flickable {
        id: view
        y: head.height + 1
        x: 1
        width: parent.width - 2
        height: edit.height
        contentWidth: edit.width
        contentHeight: edit.height
        clip: true
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentWidth > width
        ReadingText {
            id: edit
            objectName: "codeText"
            y: -Theme.size.halfLeading
            width: root.wrap ? view.width : Math.max(view.width, implicitWidth)
            wrapMode: root.wrap ? TextEdit.WrapAnywhere : TextEdit.NoWrap
            padding: 10
            leftPadding: 12
            rightPadding: 12
            font: Theme.font.code
            LayoutMirroring.enabled: false
            Accessible.name: qsTr("Code")
        }
    }
    BlockText {
        id: filler
        document: edit.textDocument
        editor: edit
        block: root.block
        font: Theme.font.code
        codeFont: Theme.font.code
        lineHeight: Theme.size.codeLine
        maximumLines: root.unfolded ? 0 : 40
        codeColors: [Theme.color.codeKeyword, Theme.color.codeString, Theme.color.codeNumber,
            Theme.color.codeComment, Theme.color.codeFunction]
    }
    Button {
        id: more
        visible: filler.hiddenLines > 0
        kind: "link"
        compact: true
        x: 12
        y: view.y + view.height
        text: qsTr("Show all %1 lines").arg(filler.lines)
        onClicked: root.unfoldRequested()
    }
}
