// Context length of the chosen model: a slider with stops, and what it costs as a bar with figures.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

Column {
    id: root
    required property VariantListModel variants
    property bool showBar: true
    topPadding: 12
    bottomPadding: 8

    Item {
        width: root.width
        height: Theme.size.uiLine
        Label {
            height: parent.height
            text: qsTr("Context length")
            font: Theme.font.button
        }
        Label {
            anchors.right: parent.right
            height: parent.height
            text: root.variants.contextText
            font: Theme.font.button
        }
    }
    Slider {
        objectName: "contextSlider"
        width: root.width
        name: qsTr("Context length")
        valueText: root.variants.contextText
        stops: root.variants.stops.length
        from: 0
        to: Math.max(1, root.variants.stops.length - 1)
        stepSize: 1
        snapMode: Slider.SnapAlways
        value: root.variants.stopIndex
        onMoved: root.variants.setStop(Math.round(value))
    }
    Item {
        width: root.width
        height: Theme.size.smallLine
        Repeater {
            model: root.variants.stops
            Label {
                required property int index
                required property var modelData
                readonly property real place: 8 + index * (root.width - 17) / Math.max(1, root.variants.stops.length - 1)
                x: Math.max(0, Math.min(root.width - width, place - width / 2))
                text: modelData.text
                font: Theme.font.small
                color: modelData.fits ? Theme.color.text2 : Theme.color.bad
                Accessible.name: modelData.fits ? text : qsTr("%1, does not fit").arg(text)
            }
        }
    }
    Item {
        width: 1
        height: 8
        visible: root.showBar
    }
    MemoryBar {
        visible: root.showBar
        width: root.width
        height: 14
        outlined: true
        parts: root.variants.chosenParts
    }
    MemoryLegend {
        visible: root.showBar
        width: root.width
        figures: root.variants.chosenFigures
    }
}
