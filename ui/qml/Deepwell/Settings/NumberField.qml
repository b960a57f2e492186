// A number that can be typed; what cannot be read turns back.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

TextField {
    id: root
    required property real value
    property int decimals: 0
    property bool zeroIsEmpty: false
    signal edited(real value)
    readonly property string shown: zeroIsEmpty && value === 0 ? ""
        : decimals > 0 ? value.toFixed(decimals) : Number(value).toLocaleString(Qt.locale("en"), "f", 0)

    implicitWidth: Math.round(72 * Math.max(1, Theme.textFactor))
    compact: true
    Accessible.name: placeholderText
    onShownChanged: text = shown
    onActiveFocusChanged: if (!activeFocus) keep()
    onAccepted: keep()
    Component.onCompleted: text = shown

    function keep(): void {
        const number = text.trim().length === 0 && zeroIsEmpty ? 0 : Number(text.replace(/,/g, ""))
        wrong = isNaN(number)
        if (!wrong && number !== value) {
            edited(number)
        }
        if (!wrong) {
            text = shown
        }
    }
}
