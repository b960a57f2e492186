// A line across the answer.
import QtQuick
import Deepwell.Controls

Item {
    implicitHeight: 25
    Separator {
        y: 12
        width: parent.width
    }
}
