// Thinking, sampling, system prompt: for all models.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.ViewModels

SettingsScroll {
    id: root
    required property GenerationSettingsModel settings
    property bool more: false

    SettingsCard {
        title: qsTr("Thinking")
        SettingRow {
            first: true
            title: qsTr("Effort")
            note: qsTr("Sets the budget below: 1,024, 4,096 or 16,384 tokens")
            SegmentedControl {
                objectName: "effort"
                name: qsTr("Effort")
                options: [qsTr("Off"), qsTr("Short"), qsTr("Medium"), qsTr("Long"), qsTr("No limit")]
                currentIndex: root.settings.effort
                onChosen: (index) => root.settings.effort = index
            }
        }
        SettingRow {
            title: qsTr("Thinking budget")
            note: qsTr("At the limit the thought is closed and the answer begins")
            Row {
                spacing: 8
                Slider {
                    anchors.verticalCenter: parent.verticalCenter
                    name: qsTr("Thinking budget")
                    valueText: qsTr("%1 tokens").arg(root.settings.budget)
                    from: 0
                    to: 32
                    stepSize: 1
                    value: Math.sqrt(root.settings.budget / 16)
                    onMoved: root.settings.budget = Math.round(value * value * 16)
                }
                NumberField {
                    placeholderText: qsTr("Thinking budget")
                    value: root.settings.budget
                    onEdited: (number) => root.settings.budget = number
                }
            }
        }
        SettingRow {
            title: qsTr("Fold the thought when the answer starts")
            note: qsTr("You can open it again at any time")
            Switch {
                objectName: "foldThought"
                name: qsTr("Fold the thought when the answer starts")
                checked: root.settings.foldThought
                onClicked: root.settings.foldThought = checked
            }
        }
        SettingRow {
            title: qsTr("Show the thought while it runs")
            note: qsTr("Off: it stays folded until you open it")
            Switch {
                name: qsTr("Show the thought while it runs")
                checked: root.settings.showThought
                onClicked: root.settings.showThought = checked
            }
        }
    }
    SettingsCard {
        title: qsTr("Sampling")
        linkText: root.settings.samplingChanged ? qsTr("Reset to the values advised for R1") : ""
        onLinkChosen: root.settings.resetSampling()
        SettingRow {
            first: true
            title: qsTr("Temperature")
            note: qsTr("Advised 0.5 to 0.7. Lower repeats itself, higher wanders")
            changed: root.settings.temperature !== 0.6
            Row {
                spacing: 8
                Slider {
                    anchors.verticalCenter: parent.verticalCenter
                    name: qsTr("Temperature")
                    valueText: root.settings.temperature.toFixed(2)
                    from: 0
                    to: 1.5
                    stepSize: 0.05
                    value: root.settings.temperature
                    onMoved: root.settings.temperature = value
                }
                NumberField {
                    objectName: "temperature"
                    placeholderText: qsTr("Temperature")
                    decimals: 2
                    value: root.settings.temperature
                    onEdited: (number) => root.settings.temperature = number
                }
            }
        }
        SettingRow {
            title: qsTr("Top P")
            note: qsTr("Keeps the likeliest words up to this share")
            changed: root.settings.topP !== 0.95
            Row {
                spacing: 8
                Slider {
                    anchors.verticalCenter: parent.verticalCenter
                    name: qsTr("Top P")
                    valueText: root.settings.topP.toFixed(2)
                    from: 0
                    to: 1
                    stepSize: 0.01
                    value: root.settings.topP
                    onMoved: root.settings.topP = value
                }
                NumberField {
                    placeholderText: qsTr("Top P")
                    decimals: 2
                    value: root.settings.topP
                    onEdited: (number) => root.settings.topP = number
                }
            }
        }
        SettingRow {
            title: qsTr("Repetition guard")
            note: qsTr("Stops a reply that runs in a loop")
            Switch {
                name: qsTr("Repetition guard")
                checked: root.settings.loopGuard
                onClicked: root.settings.loopGuard = checked
            }
        }
        SettingRow {
            title: qsTr("Close a looping thought and go on")
            note: qsTr("The answer begins instead of the reply ending")
            enabled: root.settings.loopGuard
            Switch {
                name: qsTr("Close a looping thought and go on")
                checked: root.settings.closeLoops
                onClicked: root.settings.closeLoops = checked
            }
        }
        SettingRow {
            title: qsTr("Seed")
            note: qsTr("Empty: a new one each time")
            changed: root.settings.seed.length > 0
            TextField {
                objectName: "seed"
                width: Math.round(120 * Math.max(1, Theme.textFactor))
                compact: true
                placeholderText: qsTr("Random")
                text: root.settings.seed
                Accessible.name: qsTr("Seed")
                onEditingFinished: {
                    root.settings.seed = text
                    text = Qt.binding(() => root.settings.seed)
                }
            }
        }
        SettingRow {
            title: qsTr("More samplers")
            note: root.settings.otherSamplers
            IconButton {
                iconName: root.more ? "chevron-down" : "chevron-right"
                tip: root.more ? qsTr("Hide them") : qsTr("Show them")
                onClicked: root.more = !root.more
            }
        }
        SettingRow {
            visible: root.more
            title: qsTr("Top K")
            note: qsTr("Keeps this many of the likeliest words; 0 is off")
            NumberField {
                placeholderText: qsTr("Top K")
                value: root.settings.topK
                onEdited: (number) => root.settings.topK = number
            }
        }
        SettingRow {
            visible: root.more
            title: qsTr("Min P")
            note: qsTr("Leaves out words below this share of the likeliest; 0 is off")
            NumberField {
                placeholderText: qsTr("Min P")
                decimals: 2
                value: root.settings.minP
                onEdited: (number) => root.settings.minP = number
            }
        }
        SettingRow {
            visible: root.more
            title: qsTr("Repetition penalty")
            note: qsTr("Makes words that came rarer; 1 is off")
            NumberField {
                placeholderText: qsTr("Repetition penalty")
                decimals: 2
                value: root.settings.repeatPenalty
                onEdited: (number) => root.settings.repeatPenalty = number
            }
        }
    }
    SettingsCard {
        title: qsTr("System prompt")
        Item {
            width: parent ? parent.width : 0
            height: prompt.height + note.height + 34
            TextBox {
                id: prompt
                objectName: "systemPrompt"
                x: 16
                y: 12
                width: parent.width - 32
                placeholderText: qsTr("System prompt")
                text: root.settings.systemPrompt
                onEditingFinished: root.settings.systemPrompt = text
            }
            Icon {
                x: 16
                y: note.y
                name: "info"
                color: Theme.color.warn
            }
            Label {
                id: note
                x: 40
                y: prompt.height + 22
                width: parent.width - x - 16
                text: qsTr("R1 was trained without a system prompt. Instructions in the question itself often work better.")
                font: Theme.font.small
                color: Theme.color.text2
                wrapMode: Text.Wrap
            }
        }
    }
}
