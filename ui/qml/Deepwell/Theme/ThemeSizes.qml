// Lengths in px. Spaces and radii stay, what holds text grows with the text factor.
import QtQuick

QtObject {
    id: sizes
    required property real factor
    required property string readingWidth

    readonly property int space4: 4
    readonly property int space8: 8
    readonly property int space12: 12
    readonly property int space16: 16
    readonly property int space24: 24
    readonly property int space32: 32
    readonly property int space48: 48

    readonly property int radiusChip: 4
    readonly property int radiusControl: 6
    readonly property int radiusCard: 8
    readonly property int radiusPopup: 10

    readonly property int icon: Math.min(24, Math.round(16 * Math.max(1, factor)))
    readonly property int mediumIcon: Math.min(21, Math.round(14 * Math.max(1, factor)))
    readonly property int smallIcon: Math.min(18, Math.round(12 * Math.max(1, factor)))
    readonly property int control: Math.max(32, uiLine + 8)
    readonly property int action: Math.max(28, smallLine + 8)
    readonly property int header: control + 16
    readonly property int runLine: Math.max(24, smallLine + 4)

    readonly property int uiLine: Math.round(20 * factor)
    readonly property int smallLine: Math.round(16 * factor)
    readonly property int readingLine: Math.round(24 * factor)
    readonly property int thoughtLine: Math.round(22 * factor)
    readonly property int codeLine: Math.round(20 * factor)
    // A line of fixed height in a text document has all its leading above the letters; texts are
    // moved up by half of it, so that they stand in the middle of their lines.
    readonly property int halfLeading: Math.round(2.4 * factor)
    readonly property int row: Math.max(40, uiLine + 20)  // of a card or a table

    // The reading column grows by 22 % up to a text of 200 %.
    readonly property real columnFactor: 1 + 0.22 * Math.max(0, factor - 1)
    readonly property int column: readingWidth === "full" ? 100000
        : Math.round((readingWidth === "narrow" ? 560 : readingWidth === "wide" ? 880 : 656) * columnFactor)
    // What the column leaves of a page at least.
    readonly property int columnMargin: readingWidth === "full" ? 96 : 48
    readonly property int prose: readingWidth === "full" ? 100000
        : Math.round((readingWidth === "narrow" ? 528 : readingWidth === "wide" ? 800 : 576) * columnFactor)
    readonly property bool railForced: factor >= 1.5
}
