// A field of several lines.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.TextArea {
    id: root
    implicitWidth: 200
    implicitHeight: Math.max(contentHeight + topPadding + bottomPadding, 3 * Theme.size.uiLine)
    padding: 10
    font: Theme.font.ui
    color: Theme.color.text1
    placeholderTextColor: Theme.color.text3
    selectionColor: Theme.color.selection
    selectedTextColor: Theme.color.text1
    wrapMode: TextEdit.Wrap
    selectByMouse: true
    Accessible.name: placeholderText
    KeyNavigation.priority: KeyNavigation.BeforeItem

    background: Rectangle {
        radius: Theme.size.radiusControl
        color: Theme.color.raised
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? Theme.color.accent : Theme.color.control
    }
    Text {
        visible: root.length === 0 && root.preeditText.length === 0
        x: root.leftPadding
        y: root.topPadding
        width: root.width - 2 * x
        text: root.placeholderText
        font: root.font
        color: root.placeholderTextColor
        elide: Text.ElideRight
        Accessible.ignored: true
    }
}
