// A picture of resources/icons in a colour of the theme. Decoration: the control around it speaks.
import QtQuick
import QtQuick.Window
import Deepwell.Theme

Image {
    id: root
    required property string name
    property color color: Theme.color.text2
    property int size: Theme.size.icon

    width: size
    height: size
    sourceSize.width: Math.ceil(size * Screen.devicePixelRatio)
    sourceSize.height: Math.ceil(size * Screen.devicePixelRatio)
    source: name.length > 0 ? "image://icon/" + name + "/" + String(color).slice(1) + "/" + size : ""
    fillMode: Image.PreserveAspectFit
    smooth: true
    Accessible.ignored: true
}
