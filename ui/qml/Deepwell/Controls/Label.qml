// Text of the window itself (not of a message): 13/20, one colour, elided unless it wraps.
import QtQuick
import Deepwell.Theme

Text {
    font: Theme.font.ui
    color: Theme.color.text1
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    verticalAlignment: Text.AlignVCenter
    textFormat: Text.PlainText
    lineHeightMode: wrapMode === Text.NoWrap ? Text.ProportionalHeight : Text.FixedHeight
    lineHeight: wrapMode === Text.NoWrap ? 1 : font.pixelSize <= Theme.font.small.pixelSize ? Theme.size.smallLine : Theme.size.uiLine
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
