// The dot of something that runs. It pulses; with reduced motion it stays still.
import QtQuick
import Deepwell.Theme

Rectangle {
    id: root
    property bool pulsing: true
    width: 8
    height: 8
    radius: 4
    color: Theme.color.accent
    Accessible.ignored: true
    SequentialAnimation on opacity {
        running: root.pulsing && root.visible && !Theme.reducedMotion
        loops: Animation.Infinite
        NumberAnimation { from: 1; to: 0.4; duration: Theme.motion.pulse / 2; easing.type: Easing.InOutSine }
        NumberAnimation { from: 0.4; to: 1; duration: Theme.motion.pulse / 2; easing.type: Easing.InOutSine }
    }
}
