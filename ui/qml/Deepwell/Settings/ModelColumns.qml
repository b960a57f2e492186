// Where the columns of the table of models stand, from its end; they grow with the text.
import QtQuick
import Deepwell.Theme

QtObject {
    readonly property real factor: Math.max(1, Theme.textFactor)
    readonly property int name: 12
    readonly property int format: Math.round(273 * factor)
    readonly property int sizeEnd: Math.round(119 * factor)
    readonly property int state: Math.round(104 * factor)
}
