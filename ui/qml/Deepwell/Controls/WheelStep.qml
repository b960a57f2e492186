// The wheel of a Flickable: three lines a notch, at once (the built-in one is slow and eased).
// Tells the direction first, so that a list can stop following its end.
import QtQuick

WheelHandler {
    id: root
    required property Flickable flickable
    property int line: 24
    signal scrolled(bool up)

    orientation: Qt.Vertical
    acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
    onWheel: (event) => {
        const delta = event.pixelDelta.y !== 0 ? event.pixelDelta.y : event.angleDelta.y / 120 * 3 * root.line
        if (delta === 0) {
            return
        }
        root.scrolled(delta > 0)
        const top = root.flickable.originY
        const bottom = Math.max(top, top + root.flickable.contentHeight - root.flickable.height)
        root.flickable.contentY = Math.max(top, Math.min(bottom, root.flickable.contentY - delta))
    }
}
