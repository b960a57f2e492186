// Durations in ms. Reduced motion: nothing moves.
import QtQuick

QtObject {
    id: motion
    required property bool reduced
    readonly property int hover: reduced ? 0 : 80
    readonly property int fold: reduced ? 0 : 160
    readonly property int popup: reduced ? 0 : 120
    readonly property int banner: reduced ? 0 : 160
    readonly property int pulse: 1600
}
