// A table with only horizontal lines; a wide one scrolls sideways inside its own frame.
import QtQuick
import QtQuick.Layouts
import Deepwell.Theme
import Deepwell.Text

Item {
    id: root
    required property var block
    implicitHeight: grid.implicitHeight
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Table, %1 columns").arg(cells.columns)

    TableModel {
        id: cells
        block: root.block
        codeFont: Theme.font.code
        linkColor: Theme.color.accent
    }
    Flickable {
        width: parent.width
        height: grid.implicitHeight
        contentWidth: grid.width
        contentHeight: grid.height
        clip: interactive
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentWidth > width
        GridLayout {
            id: grid
            width: Math.max(implicitWidth, root.width)
            columns: Math.max(1, cells.columns)
            columnSpacing: 0
            rowSpacing: 0
            Repeater {
                model: cells
                TableCell {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.preferredWidth: natural
                }
            }
        }
    }
}
