// A raised frame that holds rows.
import QtQuick
import Deepwell.Theme

Rectangle {
    color: Theme.color.raised
    radius: Theme.size.radiusCard
    border.width: 1
    border.color: Theme.color.line
}
