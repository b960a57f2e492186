// The surfaces, the states with their words, the memory bar, and text in its ranks.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Column {
    id: root
    spacing: 16

    Flow {
        width: parent.width
        spacing: 12
        Repeater {
            model: ["window", "paper", "raised", "sunk", "question", "tint", "accent", "control", "hit"]
            Column {
                id: sample
                required property string modelData
                spacing: 2
                Rectangle {
                    width: 96
                    height: 36
                    radius: Theme.size.radiusControl
                    color: Theme.color[sample.modelData]
                    border.width: 1
                    border.color: Theme.color.line
                }
                Label {
                    text: sample.modelData
                    font: Theme.font.small
                    color: Theme.color.text2
                }
            }
        }
    }
    Flow {
        width: parent.width
        spacing: 20
        StateWord {
            word: qsTr("Fits")
            tone: "ok"
        }
        StateWord {
            word: qsTr("Loaded")
            tone: "ok"
            iconName: "check-circle"
        }
        StateWord {
            word: qsTr("Tight")
            tone: "warn"
        }
        StateWord {
            word: qsTr("Too large")
            tone: "bad"
        }
        StateWord {
            word: qsTr("Damaged")
            tone: "bad"
            iconName: "file-broken"
        }
    }
    MemoryBar {
        width: parent.width
        height: 14
        outlined: true
        parts: [{kind: "other", share: 0.1}, {kind: "weights", share: 0.4}, {kind: "cache", share: 0.2}, {kind: "work", share: 0.1}]
    }
    Card {
        width: parent.width
        height: ranks.height + 24
        Column {
            id: ranks
            x: 12
            y: 12
            spacing: 4
            Label {
                text: qsTr("Reading text")
                font: Theme.font.reading
            }
            Label {
                text: qsTr("Second rank")
                color: Theme.color.text2
            }
            Label {
                text: qsTr("third rank")
                color: Theme.color.text3
                font: Theme.font.small
            }
            Row {
                spacing: 6
                Chip { text: "Q4_K_M" }
                KeyCap { text: "Ctrl N" }
            }
        }
    }
}
