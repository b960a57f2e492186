// The little square that stands for one part of a memory bar beside its figure.
import QtQuick
import Deepwell.Theme

Rectangle {
    required property string kind
    width: 10
    height: 10
    radius: 2
    border.width: kind === "free" ? 1 : 0
    border.color: Theme.color.control
    color: Theme.color.ofMemory(kind)
    Accessible.ignored: true
}
