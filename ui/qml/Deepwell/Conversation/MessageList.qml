// The messages of the path that is shown: a row a block. Follows its end only while the reader lets
// it: any way upwards stops that at once, and the view then does not move by a pixel.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

ListView {
    id: root
    required property ConversationModel conversation
    property bool following: true
    property string wanted: ""   // a message to be shown once its rows are there
    readonly property real endDistance: contentHeight + originY - contentY - height
    readonly property bool endInView: endDistance <= 48
    signal editRequested(string messageId)
    signal exportRequested()
    signal contextRequested()

    function follow(): void {
        following = true
        toEnd()
    }
    function toEnd(): void {
        if (following) {
            forceLayout()
            positionViewAtEnd()
        }
    }
    // A page or a jump by keys: upwards stops the following, at the end it begins again.
    function moveBy(distance: real): void {
        const top = originY
        const bottom = Math.max(top, originY + contentHeight - height)
        if (distance < 0) {
            following = false
        }
        contentY = Math.max(top, Math.min(bottom, contentY + distance))
        if (distance > 0 && endInView) {
            following = true
        }
    }
    function messageStep(step: int): void {
        const row = conversation.messages.messageRow(indexAt(width / 2, contentY + 8), step)
        if (row >= 0) {
            following = false
            positionViewAtIndex(row, ListView.Beginning)
        }
    }

    // A hit of the search: its beginning comes to the top.
    function showMessage(messageId: string): void {
        const row = conversation.messages.firstRowOf(messageId)
        if (row < 0) {
            wanted = messageId
            return
        }
        wanted = ""
        following = false
        positionViewAtIndex(row, ListView.Beginning)
        forceLayout()
        positionViewAtIndex(row, ListView.Beginning)
    }

    model: conversation.messages
    clip: true
    cacheBuffer: Math.max(600, height * 1.5)
    boundsBehavior: Flickable.StopAtBounds
    activeFocusOnTab: true
    keyNavigationEnabled: false
    reuseItems: false
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Messages")
    onContentHeightChanged: if (following) endTimer.start()
    onHeightChanged: if (following) endTimer.start()
    onDraggingChanged: following = dragging ? false : endInView
    onMovementEnded: following = endInView
    onModelChanged: follow()
    onFollowingChanged: if (following) conversation.messages.applyFold(true)

    delegate: MessageRow {
        width: root.width
        viewHeight: root.height
        conversation: root.conversation
        onEditRequested: (id) => root.editRequested(id)
        onExportRequested: root.exportRequested()
        onContextRequested: root.contextRequested()
    }
    header: Item { implicitHeight: 0 }
    footer: Item { implicitHeight: 16 }

    Keys.onPressed: (event) => {
        const page = height - 48
        if (event.key === Qt.Key_PageUp) {
            moveBy(-page)
        } else if (event.key === Qt.Key_PageDown) {
            moveBy(page)
        } else if (event.key === Qt.Key_Up) {
            moveBy(-48)
        } else if (event.key === Qt.Key_Down) {
            moveBy(48)
        } else if (event.key === Qt.Key_Home) {
            moveBy(-contentHeight)
        } else if (event.key === Qt.Key_End) {
            follow()
        } else {
            return
        }
        event.accepted = true
    }
    Connections {
        target: root.conversation.messages
        function onFoldDue(): void {
            root.conversation.messages.applyFold(root.following)
        }
        function onShown(): void {
            if (root.wanted.length > 0) {
                root.showMessage(root.wanted)
            } else {
                root.toEnd()
            }
        }
    }
    Connections {
        target: root.conversation
        function onSent(): void {
            root.follow()
        }
        function onConversationChanged(): void {
            root.wanted = ""
            root.follow()
        }
    }
    WheelStep {
        flickable: root
        line: Theme.size.readingLine
        onScrolled: (up) => {
            if (up) {
                root.following = false
            } else {
                catchUpTimer.start()
            }
        }
    }
    MessageScrollBar {
        list: root
        onGrabbed: root.following = false
        onReleased: root.following = root.endInView
    }
    // Once a frame, however much has grown.
    Timer {
        id: endTimer
        interval: 0
        onTriggered: root.toEnd()
    }
    Timer {
        id: catchUpTimer
        interval: 0
        onTriggered: if (root.endInView) root.following = true
    }
}
