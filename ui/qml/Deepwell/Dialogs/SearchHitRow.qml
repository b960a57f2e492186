// One hit: the words around it, and where they stand.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.ItemDelegate {
    id: root
    required property string conversationId
    required property string messageId
    required property string snippet
    required property string iconName
    required property string placeText
    required property string accessibleName
    signal openRequested()

    height: words.implicitHeight + Theme.size.smallLine + 18
    hoverEnabled: true
    focusPolicy: Qt.NoFocus
    onClicked: openRequested()
    Accessible.role: Accessible.ListItem
    Accessible.name: accessibleName

    background: RowBack {
        control: root
        chosen: root.ListView.isCurrentItem
    }
    contentItem: Item {
        Icon {
            x: 12
            y: 10
            name: root.iconName
        }
        Text {
            id: words
            x: 36
            y: 8
            width: parent.width - x - 12
            text: root.snippet
            textFormat: Text.RichText
            font: Theme.font.cell
            color: Theme.color.text1
            wrapMode: Text.Wrap
            maximumLineCount: 3
            Accessible.ignored: true
        }
        Label {
            x: 36
            y: words.y + words.implicitHeight + 2
            text: root.placeText
            font: Theme.font.small
            color: Theme.color.text3
            Accessible.ignored: true
        }
    }
}
