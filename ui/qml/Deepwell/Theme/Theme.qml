// The tokens of the design, the only place for colours, sizes, type and motion.
// The window sets the inputs from the settings; everything below follows.
pragma Singleton
import QtQuick

QtObject {
    id: theme

    property bool dark: false
    property real textFactor: 1.0          // 0.8 … 2.0
    property bool reducedMotion: false
    property string readingWidth: "comfortable"  // narrow, comfortable, wide, full

    readonly property ThemeColors color: ThemeColors { dark: theme.dark }
    readonly property ThemeFonts font: ThemeFonts { factor: theme.textFactor }
    readonly property ThemeSizes size: ThemeSizes {
        factor: theme.textFactor
        readingWidth: theme.readingWidth
    }
    readonly property ThemeMotion motion: ThemeMotion { reduced: theme.reducedMotion }
}
