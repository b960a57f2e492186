// Colours, light and dark. tests/ui/theme recomputes their contrast from this file.
// (Names that would begin with "on" begin with "textOn": QML takes the former for signal handlers.)
import QtQuick

QtObject {
    required property bool dark

    readonly property color window: dark ? "#0F1719" : "#EEF2F2"  // sidebar, rail, page behind
    readonly property color paper: dark ? "#141D20" : "#FCFDFD"  // conversation
    readonly property color raised: dark ? "#1B262A" : "#FFFFFF"  // fields, cards, popups
    readonly property color sunk: dark ? "#182225" : "#F3F6F6"  // code, previews, chips
    readonly property color question: dark ? "#1D2A2E" : "#E7EFF0"  // question block
    readonly property color tint: dark ? "#17383C" : "#DDECEE"  // selected row, active toggle
    readonly property color textOnTint: dark ? "#9ADDE0" : "#084E56"
    readonly property color line: dark ? "#2B383C" : "#D9E0E1"  // 1 px separators
    readonly property color control: dark ? "#6D8086" : "#7D8E92"  // edges of fields, buttons, switches
    readonly property color text1: dark ? "#E2EAEB" : "#152226"  // body
    readonly property color text2: dark ? "#AEBDC0" : "#43545A"  // labels
    readonly property color text3: dark ? "#91A2A6" : "#56666B"  // notes
    readonly property color disabled: Qt.alpha(text3, 0.6)  // carries no information alone
    readonly property color accent: dark ? "#5FC1C6" : "#0B6670"  // primary, links, focus
    readonly property color accentHover: dark ? "#7AD0D4" : "#09565F"
    readonly property color accentPressed: dark ? "#93DBDE" : "#07474E"
    readonly property color textOnAccent: dark ? "#05262A" : "#FFFFFF"
    readonly property color ok: dark ? "#7CCB91" : "#226B3A"  // states, always with icon and word
    readonly property color warn: dark ? "#E4B765" : "#7A5200"
    readonly property color bad: dark ? "#F29A91" : "#A3231D"
    readonly property color warnBack: dark ? "#33290F" : "#FBF0D6"  // banner
    readonly property color warnEdge: dark ? "#6B5420" : "#DDBB6E"
    readonly property color badBack: dark ? "#3A1C1A" : "#FBE5E3"  // banner
    readonly property color badEdge: dark ? "#743833" : "#E3A39E"
    readonly property color infoEdge: dark ? "#285C61" : "#9CC6CA"  // banner without a fault, on tint
    readonly property color weights: dark ? "#5FC1C6" : "#0B6670"  // memory bar
    readonly property color cache: dark ? "#3C8A90" : "#4C9AA3"
    readonly property color work: dark ? "#2A656B" : "#8DBCC1"
    readonly property color other: dark ? "#455358" : "#C5CBCC"  // other programs
    readonly property color scroll: dark ? "#455358" : "#B7C0C2"  // handle of the scroll bar
    readonly property color selection: dark ? "#1E5257" : "#BFE0E3"  // selected text
    readonly property color hit: dark ? "#6B5510" : "#FFE59A"  // search hit
    readonly property color textOnHit: dark ? "#FFF3CF" : "#2A2200"
    readonly property color codeKeyword: dark ? "#DDA2D3" : "#8A2F7D"  // on sunk
    readonly property color codeString: dark ? "#8FD0A0" : "#226B3A"
    readonly property color codeNumber: dark ? "#E6B36F" : "#8A4B00"
    readonly property color codeComment: dark ? "#91A2A6" : "#56666B"
    readonly property color codeFunction: dark ? "#86C5EA" : "#0B5E88"
    readonly property color hover: dark ? "#14AAD7DC" : "#11104046"  // laid over any surface: 6.5 % and 8 %
    readonly property color pressed: dark ? "#26AAD7DC" : "#21104046"  // 13 % and 15 %
    readonly property color scrim: dark ? "#99040809" : "#6B101C1F"  // behind dialogs: 42 % and 60 %
    readonly property color shadow: dark ? "#80000000" : "#33000000"  // 50 % and 20 %

    // Of the parts of a memory bar; "beyond" is what does not fit.
    function ofMemory(kind: string): color {
        return kind === "weights" ? weights : kind === "cache" ? cache : kind === "work" ? work
            : kind === "other" ? other : kind === "beyond" ? bad : raised
    }
}
