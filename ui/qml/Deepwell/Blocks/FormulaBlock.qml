// A formula on a line of its own: its source in code type, in the middle.
import QtQuick
import Deepwell.Theme
import Deepwell.Text

Item {
    id: root
    required property var block
    implicitHeight: view.height + 18

    Flickable {
        id: view
        y: 4
        width: Math.min(parent.width, edit.width)
        height: edit.height
        anchors.horizontalCenter: parent.horizontalCenter
        contentWidth: edit.width
        clip: interactive
        interactive: contentWidth > width
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        ReadingText {
            id: edit
            objectName: "formulaText"
            wrapMode: TextEdit.NoWrap
            font: Theme.font.code
            LayoutMirroring.enabled: false
            Accessible.name: qsTr("Formula")
        }
    }
    BlockText {
        document: edit.textDocument
        editor: edit
        block: root.block
        font: Theme.font.code
        codeFont: Theme.font.code
        lineHeight: Theme.size.codeLine
    }
}
