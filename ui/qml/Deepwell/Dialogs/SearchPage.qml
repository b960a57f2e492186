// Search over all conversations: field, filters, hits by conversation.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

FocusScope {
    id: root
    required property ApplicationModel application
    readonly property SearchModel search: application.search

    component Hint: Label {
        height: Theme.size.smallLine + 2
        font: Theme.font.small
        color: Theme.color.text3
    }

    // Enter before the hits are there opens the first one when they are.
    property bool openWhenFound: false

    function openFirst(): void {
        if (search.pending) {
            openWhenFound = true
            search.hurry()
        } else {
            list.openCurrent()
        }
    }
    Connections {
        target: root.search
        function onFound(): void {
            if (root.openWhenFound) {
                root.openWhenFound = false
                list.openCurrent()
            }
        }
        function onTextChanged(): void {
            root.openWhenFound = false
        }
    }
    function focusField(): void {
        field.forceActiveFocus()
        field.selectAll()
    }
    onVisibleChanged: if (visible) focusField()

    Binding {
        target: root.search
        property: "hitColor"
        value: Theme.color.hit
    }
    Binding {
        target: root.search
        property: "hitTextColor"
        value: Theme.color.textOnHit
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.color.paper
    }
    Item {
        id: head
        width: parent.width
        height: Theme.size.control + 24
        TextField {
            id: field
            objectName: "searchField"
            x: 24
            y: 12
            width: Math.min(502, parent.width - 48)
            iconName: "search"
            rightPadding: summary.width + 20
            placeholderText: qsTr("Search in all conversations")
            text: root.search.text
            onTextEdited: root.search.text = text
            Keys.onDownPressed: list.forceActiveFocus()
            onAccepted: root.openFirst()
            Label {
                id: summary
                anchors.right: parent.right
                anchors.rightMargin: 12
                height: parent.height
                text: root.search.summary
                font: Theme.font.small
                color: Theme.color.text2
            }
        }
        Separator {
            width: parent.width
            anchors.bottom: parent.bottom
        }
    }
    Item {
        id: filters
        y: head.height
        width: parent.width
        height: Theme.size.action + 21
        Row {
            id: places
            x: 24
            anchors.verticalCenter: parent.verticalCenter
            spacing: 6
            FilterChip {
                objectName: "searchQuestions"
                text: qsTr("Questions")
                checked: root.search.questions
                onClicked: root.search.questions = checked
            }
            FilterChip {
                objectName: "searchAnswers"
                text: qsTr("Answers")
                checked: root.search.answers
                onClicked: root.search.answers = checked
            }
            FilterChip {
                objectName: "searchThoughts"
                text: qsTr("Thoughts")
                checked: root.search.thoughts
                onClicked: root.search.thoughts = checked
            }
        }
        Row {
            anchors.right: parent.right
            anchors.rightMargin: 24
            anchors.verticalCenter: parent.verticalCenter
            visible: places.width + width + 72 < parent.width
            spacing: 4
            KeyCap { text: "↑" }
            KeyCap { text: "↓" }
            Hint {
                text: qsTr("move")
                rightPadding: 8
            }
            KeyCap { text: qsTr("Enter") }
            Hint { text: qsTr("open at the hit") }
        }
        Separator {
            width: parent.width
            anchors.bottom: parent.bottom
        }
    }
    ListView {
        id: list
        objectName: "searchList"
        x: 12
        y: filters.y + filters.height + 8
        width: Math.min(Math.round(495 * Math.max(1, Theme.textFactor)), parent.width - 24)
        height: parent.height - y
        clip: true
        model: root.search
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        onCountChanged: currentIndex = count > 0 ? 0 : -1
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Hits")
        section.property: "section"
        section.delegate: Row {
            id: group
            required property string section
            readonly property var parts: section.split("\n")  // id, title, "3 hits"
            leftPadding: 12
            spacing: 8
            Label {
                height: Theme.size.uiLine + 10
                width: Math.min(implicitWidth, list.width - 120)
                text: group.parts[1]
                font: Theme.font.heading
                Accessible.role: Accessible.Heading
            }
            Label {
                height: Theme.size.uiLine + 10
                text: group.parts[2]
                font: Theme.font.small
                color: Theme.color.text3
            }
        }
        spacing: 4
        delegate: SearchHitRow {
            width: list.width
            onOpenRequested: root.application.openHit(conversationId, messageId)
        }
        function openCurrent(): void {
            if (currentItem) {
                (currentItem as SearchHitRow).openRequested()
            }
        }
        Keys.onReturnPressed: openCurrent()
        Keys.onEnterPressed: openCurrent()
        WheelStep { flickable: list }
    }
    Label {
        visible: list.count === 0
        x: 24
        y: list.y + 12
        width: parent.width - 48
        text: root.search.emptyText
        color: Theme.color.text2
        wrapMode: Text.Wrap
    }
}
