// One of a few values, opened as a list. `model` is a list of strings.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.ComboBox {
    id: root
    required property string name
    implicitWidth: 160
    implicitHeight: Theme.size.control
    leftPadding: 10
    rightPadding: 34
    font: Theme.font.ui
    focusPolicy: Qt.StrongFocus
    hoverEnabled: true
    wheelEnabled: false
    Accessible.name: name + ", " + displayText

    contentItem: Label {
        text: root.displayText
        color: root.enabled ? Theme.color.text1 : Theme.color.disabled
        Accessible.ignored: true
    }
    indicator: Icon {
        name: "chevron-down"
        color: root.enabled ? Theme.color.text1 : Theme.color.disabled
        x: root.mirrored ? 10 : root.width - width - 10
        y: (root.height - height) / 2
        size: Theme.size.mediumIcon
    }
    background: Rectangle {
        radius: Theme.size.radiusControl
        color: root.enabled ? Theme.color.raised : "transparent"
        border.width: 1
        border.color: root.enabled ? Theme.color.control : Theme.color.line
        StateLayer {
            anchors.fill: parent
            radius: parent.radius
            hovered: root.hovered
            down: root.down
        }
        FocusRing { visible: root.visualFocus }
    }
    delegate: T.ItemDelegate {
        id: row
        required property string modelData
        required property int index
        width: ListView.view ? ListView.view.width : 100
        height: Theme.size.control
        highlighted: root.highlightedIndex === index
        Accessible.name: modelData
        contentItem: Label {
            leftPadding: 8
            text: row.modelData
            Accessible.ignored: true
        }
        background: StateLayer {
            radius: Theme.size.radiusControl
            hovered: row.highlighted
            down: row.down
        }
    }
    popup: Popup {
        y: root.height + 4
        width: root.width
        contentItem: ListView {
            implicitHeight: Math.min(contentHeight, 8 * Theme.size.control)
            clip: true
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
        }
    }
}
