// The chosen model: memory, context, facts, and what can be done.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Conversation
import Deepwell.ViewModels

Item {
    id: root
    required property VariantListModel variants
    readonly property var chosen: variants.chosen
    readonly property bool any: variants.chosenRow >= 0
    implicitHeight: column.height + foot.height + 56

    Flickable {
        id: view
        anchors.fill: parent
        anchors.bottomMargin: foot.height
        contentHeight: column.height + 40
        clip: true
        interactive: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds
        visible: root.any
        WheelStep {
            enabled: view.interactive
            flickable: view
        }
        Column {
            id: column
            x: 21
            y: 16
            width: root.width - 41
            spacing: 6
            Label {
                objectName: "modelName"
                width: parent.width
                text: root.any ? root.chosen.name : ""
                font: Theme.font.cardTitle
                wrapMode: Text.Wrap
                lineHeight: Theme.size.readingLine
            }
            Row {
                spacing: 8
                Chip { text: root.any ? root.chosen.quantization : "" }
                StateWord {
                    anchors.verticalCenter: parent.verticalCenter
                    word: root.any ? root.chosen.word : ""
                    tone: root.any ? root.chosen.tone : "quiet"
                    iconName: root.any ? root.chosen.icon : ""
                }
            }
            Label {
                visible: root.any && !root.chosen.usable
                width: parent.width
                text: root.any ? root.chosen.reason : ""
                color: Theme.color.text2
                wrapMode: Text.Wrap
            }
            Item {
                visible: root.any && root.chosen.usable
                width: parent.width
                height: Theme.size.uiLine + 10
                Label {
                    y: 10
                    height: Theme.size.uiLine
                    text: root.any ? root.chosen.memoryTitle : ""
                    font: Theme.font.button
                }
                Row {
                    anchors.right: parent.right
                    y: 10
                    height: Theme.size.uiLine
                    spacing: 4
                    Label {
                        height: parent.height
                        text: root.any ? root.chosen.need : ""
                        font: Theme.font.button
                    }
                    Label {
                        height: parent.height
                        text: root.any ? root.chosen.free : ""
                        color: Theme.color.text2
                    }
                }
            }
            MemoryBar {
                visible: root.any && root.chosen.usable
                width: parent.width
                height: 14
                outlined: true
                parts: root.variants.chosenParts
            }
            MemoryLegend {
                visible: root.any && root.chosen.usable
                width: parent.width
                columns: 2
                figures: root.variants.chosenFigures
            }
            ContextPicker {
                visible: root.variants.stops.length > 0
                width: parent.width
                showBar: false
                variants: root.variants
            }
            Item {
                visible: root.variants.layers > 0
                width: parent.width
                height: Theme.size.control
                Label {
                    height: parent.height
                    text: qsTr("Layers on the card")
                    font: Theme.font.button
                }
                Slider {
                    objectName: "cardLayers"
                    anchors.right: layerCount.left
                    anchors.rightMargin: 8
                    anchors.verticalCenter: parent.verticalCenter
                    width: 96
                    name: qsTr("Layers on the card")
                    valueText: layerCount.text
                    from: 0
                    to: Math.max(1, root.variants.layers)
                    stepSize: 1
                    value: root.variants.cardLayers
                    onMoved: root.variants.setCardLayers(Math.round(value))
                }
                Label {
                    id: layerCount
                    anchors.right: parent.right
                    height: parent.height
                    text: qsTr("%1 of %2").arg(root.variants.cardLayers).arg(root.variants.layers)
                    color: Theme.color.text2
                }
            }
            Item {
                visible: root.variants.stops.length > 0
                width: parent.width
                height: Theme.size.control
                Label {
                    height: parent.height
                    text: qsTr("Cache precision")
                    font: Theme.font.button
                }
                ComboBox {
                    objectName: "cachePrecision"
                    anchors.right: parent.right
                    width: Math.round(112 * Math.max(1, Theme.textFactor))
                    name: qsTr("Cache precision")
                    model: [qsTr("16 bit"), qsTr("8 bit")]
                    currentIndex: root.variants.cache
                    onActivated: (index) => root.variants.setCache(index)
                }
            }
            Separator { width: parent.width }
            Item {
                width: 1
                height: 4
            }
            FactRow {
                width: parent.width
                name: qsTr("Architecture")
                value: root.any ? root.chosen.architecture : ""
            }
            FactRow {
                width: parent.width
                name: qsTr("Trained context")
                value: root.any ? root.chosen.trained : ""
            }
            FactRow {
                width: parent.width
                name: qsTr("Licence")
                value: root.any ? root.chosen.licence : ""
            }
            FactRow {
                width: parent.width
                name: qsTr("File")
                value: root.any ? root.chosen.file : ""
            }
            FactRow {
                width: parent.width
                name: qsTr("Check")
                value: root.any ? root.chosen.check : ""
            }
        }
    }
    Item {
        id: foot
        visible: root.any
        y: parent.height - height
        width: parent.width
        height: Theme.size.control + 32
        Button {
            objectName: "removeModel"
            visible: root.any && !root.chosen.starter
            x: 8
            anchors.verticalCenter: parent.verticalCenter
            kind: "quiet"
            iconName: "trash"
            text: qsTr("Remove from list")
            onClicked: root.variants.takeOut()
        }
        Row {
            anchors.right: parent.right
            anchors.rightMargin: 20
            anchors.verticalCenter: parent.verticalCenter
            spacing: 8
            Button {
                visible: root.width > 340
                kind: "quiet"
                text: qsTr("Show file")
                onClicked: root.variants.showFile()
            }
            Button {
                objectName: "loadModel"
                kind: "primary"
                enabled: root.variants.canSwitch
                text: root.any && root.chosen.loaded ? qsTr("Load again") : qsTr("Load")
                onClicked: root.variants.load()
            }
        }
    }
}
