// One conversation: title, state, and on hover its menu. F2 or the menu renames in place.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls

T.ItemDelegate {
    id: root
    required property string conversationId
    required property string title
    required property string runState     // idle, running, waiting, unread, interrupted
    required property bool pinned
    required property string accessibleName
    property bool chosen: false
    property bool editing: false
    signal openRequested()
    signal renamed(string name)
    signal removeRequested()
    signal menuRequested(Item at)

    function editTitle(): void {
        editing = true
        field.text = title
        field.forceActiveFocus()
        field.selectAll()
    }
    function closeEditor(keep: bool): void {
        if (!editing) {
            return
        }
        // The keys of the list work again.
        const back = field.activeFocus
        editing = false
        field.focus = false
        if (back) {
            ListView.view.forceActiveFocus()
        }
        if (keep && field.text.trim().length > 0 && field.text !== title) {
            renamed(field.text.trim())
        }
    }

    height: Theme.size.control
    hoverEnabled: true
    text: title
    focusPolicy: Qt.NoFocus
    onClicked: openRequested()
    onDoubleClicked: editTitle()
    Accessible.role: Accessible.ListItem
    Accessible.name: accessibleName
    Accessible.selected: chosen

    background: RowBack {
        control: root
        chosen: root.chosen
        barred: true
        FocusRing {
            anchors.margins: 0
            innerRadius: 2
            visible: root.ListView.isCurrentItem && root.ListView.view.activeFocus
        }
    }
    contentItem: Item {
        Label {
            anchors.left: parent.left
            anchors.leftMargin: 8
            anchors.right: marks.left
            anchors.rightMargin: 6
            height: parent.height
            visible: !root.editing
            text: root.title
            font: root.chosen ? Theme.font.button : Theme.font.ui
            color: root.chosen ? Theme.color.textOnTint : Theme.color.text1
            Accessible.ignored: true
        }
        TextField {
            id: field
            objectName: "titleField"
            visible: root.editing
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            compact: true
            placeholderText: qsTr("Name of the conversation")
            onAccepted: root.closeEditor(true)
            onActiveFocusChanged: if (!activeFocus) root.closeEditor(true)
            // Esc is the window's key too; here it leaves the field.
            Keys.onShortcutOverride: (event) => event.accepted = event.key === Qt.Key_Escape
            Keys.onEscapePressed: root.closeEditor(false)
        }
        Row {
            id: marks
            visible: !root.editing
            anchors.right: parent.right
            anchors.rightMargin: 4
            anchors.verticalCenter: parent.verticalCenter
            spacing: 4
            ConversationMark {
                runState: root.runState
                anchors.verticalCenter: parent.verticalCenter
            }
            Icon {
                visible: root.pinned && !menuButton.visible
                name: "pin"
                width: 24
                color: Theme.color.text3
                anchors.verticalCenter: parent.verticalCenter
            }
            IconButton {
                id: menuButton
                objectName: "rowMenu"
                visible: root.hovered && !root.editing
                width: 24
                height: 24
                focusPolicy: Qt.NoFocus
                iconName: "more"
                tip: qsTr("More")
                onClicked: root.menuRequested(menuButton)
            }
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: root.menuRequested(root)
    }
}
