// The soft shadow below popups and dialogs: a nine-patch, so that it needs no shader.
import QtQuick
import Deepwell.Theme

BorderImage {
    property int spread: 28

    anchors.fill: parent
    anchors.margins: -spread
    anchors.topMargin: -spread + 8
    anchors.bottomMargin: -spread - 8
    border { left: spread * 2; right: spread * 2; top: spread * 2; bottom: spread * 2 }
    source: "image://shadow/" + spread + "/" + String(Theme.color.shadow).slice(1)
    Accessible.ignored: true
}
