// A list of actions that opens at a control or at the mouse.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Menu {
    id: root
    implicitWidth: Math.max(180, contentItem.implicitWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    margins: 8
    padding: 4
    overlap: 1

    delegate: MenuItem {}
    contentItem: ListView {
        implicitHeight: contentHeight
        implicitWidth: 200 * Math.max(1, Theme.textFactor)
        model: root.contentModel
        interactive: Window.window ? contentHeight > Window.window.height : false
        clip: interactive
        currentIndex: root.currentIndex
    }
    background: Rectangle {
        color: Theme.color.raised
        radius: Theme.size.radiusCard
        border.width: 1
        border.color: Theme.color.line
        Shadow { z: -1 }
    }
}
