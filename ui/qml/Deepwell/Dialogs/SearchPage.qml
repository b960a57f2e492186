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
            onAccepted: list.openCurrent()
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
            x: 24
            anchors.verticalCenter: parent.verticalCenter
            spacing: 12
            CheckBox {
                text: qsTr("Questions")
                checked: root.search.questions
                onClicked: root.search.questions = checked
            }
            CheckBox {
                text: qsTr("Answers")
                checked: root.search.answers
                onClicked: root.search.answers = checked
            }
            CheckBox {
                objectName: "searchThoughts"
                text: qsTr("Thoughts")
                checked: root.search.thoughts
                onClicked: root.search.thoughts = checked
            }
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
        width: Math.min(720, parent.width - 24)
        height: parent.height - y
        clip: true
        model: root.search
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Hits")
        section.property: "section"
        section.delegate: Label {
            required property string section
            width: list.width
            height: Theme.size.uiLine + 16
            leftPadding: 12
            text: section.split("\n")[1]
            font: Theme.font.heading
        }
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
