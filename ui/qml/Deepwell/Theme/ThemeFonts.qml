// Type roles: px at factor 1, line heights beside them in ThemeSizes. Fallbacks of the two families
// are set by the program (ui/window/fonts.h).
import QtQuick

QtObject {
    id: fonts
    required property real factor
    readonly property string sans: "Inter"
    readonly property string mono: "Hack"

    readonly property font startTitle: Qt.font({family: sans, pixelSize: px(24), weight: Font.DemiBold})
    readonly property font pageTitle: Qt.font({family: sans, pixelSize: px(20), weight: Font.DemiBold})
    readonly property font reading: Qt.font({family: sans, pixelSize: px(15)})
    readonly property font thought: Qt.font({family: sans, pixelSize: px(14)})
    readonly property font ui: Qt.font({family: sans, pixelSize: px(13)})
    readonly property font button: Qt.font({family: sans, pixelSize: px(13), weight: Font.Medium})
    readonly property font heading: Qt.font({family: sans, pixelSize: px(13), weight: Font.DemiBold})
    readonly property font small: Qt.font({family: sans, pixelSize: px(12)})
    readonly property font smallMedium: Qt.font({family: sans, pixelSize: px(12), weight: Font.Medium})
    readonly property font group: Qt.font({family: sans, pixelSize: px(12), weight: Font.DemiBold})
    readonly property font appTitle: Qt.font({family: sans, pixelSize: px(14), weight: Font.DemiBold})
    readonly property font dialogTitle: Qt.font({family: sans, pixelSize: px(15), weight: Font.DemiBold})
    readonly property font cardTitle: Qt.font({family: sans, pixelSize: px(16), weight: Font.DemiBold})
    readonly property font cell: Qt.font({family: sans, pixelSize: px(14)})
    readonly property font keyCap: Qt.font({family: sans, pixelSize: px(11), weight: Font.Medium})
    readonly property font code: Qt.font({family: mono, pixelSize: px(13)})

    function px(size: real): int {
        return Math.round(size * factor)
    }
}
