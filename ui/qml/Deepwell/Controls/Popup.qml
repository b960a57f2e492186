// The frame of what opens over the page: raised, a line around, a soft shadow.
import QtQuick
import QtQuick.Templates as T
import Deepwell.Theme

T.Popup {
    id: root
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    margins: 8
    padding: 4
    focus: true

    background: Rectangle {
        color: Theme.color.raised
        radius: Theme.size.radiusPopup
        border.width: 1
        border.color: Theme.color.line
        Shadow { z: -1 }
    }
    T.Overlay.modal: Rectangle { color: Theme.color.scrim }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.motion.popup } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.motion.popup } }
}
