// More that can be done with an answer.
import QtQuick
import Deepwell.Controls

Menu {
    id: root
    property bool hasThought: false
    signal copyMarkdownRequested()
    signal readThoughtRequested()
    signal exportRequested()
    signal removeRequested()

    MenuItem {
        iconName: "copy"
        text: qsTr("Copy as Markdown")
        onTriggered: root.copyMarkdownRequested()
    }
    MenuItem {
        iconName: "eye"
        text: qsTr("Read thought")
        enabled: root.hasThought
        onTriggered: root.readThoughtRequested()
    }
    MenuItem {
        iconName: "export"
        text: qsTr("Export answer…")
        onTriggered: root.exportRequested()
    }
    MenuSeparator {}
    MenuItem {
        iconName: "trash"
        text: qsTr("Delete")
        danger: true
        onTriggered: root.removeRequested()
    }
}
