// All controls in all their states, and the colours (look.md, drawing 14): for the eye
// (`deepwell --screenshot FILE --page states`).
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Rectangle {
    id: root
    color: Theme.color.paper

    Row {
        x: 104
        y: 28
        Repeater {
            model: [qsTr("Rest"), qsTr("Hover"), qsTr("Focus"), qsTr("Pressed"), qsTr("Disabled"), qsTr("Busy / error")]
            Label {
                required property string modelData
                width: 122
                text: modelData
                font: Theme.font.smallMedium
                color: Theme.color.text2
            }
        }
    }
    Column {
        x: 28
        y: 60
        spacing: 4
        StateSamples {
            title: qsTr("Primary")
            sample: StateCell {
                id: primaryCell
                Button {
                    kind: "primary"
                    text: busy ? qsTr("Loading") : qsTr("Load")
                    enabled: primaryCell.modelData !== "disabled"
                    busy: primaryCell.modelData === "busy"
                    down: primaryCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Normal")
            sample: StateCell {
                id: normalCell
                Button {
                    text: busy ? qsTr("Rescan") : qsTr("Load")
                    enabled: normalCell.modelData !== "disabled"
                    busy: normalCell.modelData === "busy"
                    down: normalCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Quiet")
            sample: StateCell {
                id: quietCell
                Button {
                    kind: "quiet"
                    text: qsTr("Cancel")
                    enabled: quietCell.modelData !== "disabled"
                    busy: quietCell.modelData === "busy"
                    down: quietCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Danger")
            sample: StateCell {
                id: dangerCell
                Button {
                    kind: "danger"
                    iconName: "stop"
                    text: qsTr("Stop")
                    enabled: dangerCell.modelData !== "disabled"
                    busy: dangerCell.modelData === "busy"
                    down: dangerCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Icon")
            sample: StateCell {
                id: iconCell
                IconButton {
                    iconName: "copy"
                    tip: qsTr("Copy")
                    tipAllowed: false
                    enabled: iconCell.modelData !== "disabled"
                    busy: iconCell.modelData === "busy"
                    down: iconCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Field")
            sample: StateCell {
                id: fieldCell
                ringRadius: 0
                TextField {
                    width: 112
                    placeholderText: qsTr("Search")
                    text: fieldCell.modelData === "busy" ? "12,x" : fieldCell.modelData === "focus" || fieldCell.modelData === "pressed" ? "deep" : ""
                    active: activeFocus || fieldCell.modelData === "focus" || fieldCell.modelData === "pressed"
                    enabled: fieldCell.modelData !== "disabled"
                    wrong: fieldCell.modelData === "busy"
                }
            }
        }
        StateSamples {
            title: qsTr("Switch")
            sample: StateCell {
                id: switchCell
                ringRadius: 0
                Switch {
                    name: qsTr("Switch")
                    checked: switchCell.modelData !== "rest" && switchCell.modelData !== "disabled"
                    enabled: switchCell.modelData !== "disabled"
                    down: switchCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Check box")
            sample: StateCell {
                id: checkCell
                ringRadius: 0
                CheckBox {
                    text: qsTr("Thoughts")
                    checked: checkCell.modelData !== "rest"
                    enabled: checkCell.modelData !== "disabled"
                }
            }
        }
        StateSamples {
            title: qsTr("Filter")
            sample: StateCell {
                id: filterCell
                FilterChip {
                    text: qsTr("Answers")
                    checked: filterCell.modelData !== "rest"
                    enabled: filterCell.modelData !== "disabled"
                    down: filterCell.modelData === "pressed"
                }
            }
        }
        StateSamples {
            title: qsTr("Choice")
            sample: StateCell {
                id: choiceCell
                ComboBox {
                    width: 112
                    name: qsTr("Precision")
                    model: ["16 bit", "8 bit"]
                    enabled: choiceCell.modelData !== "disabled"
                    down: choiceCell.modelData === "pressed"
                }
            }
        }
    }
    ColourSamples {
        x: 868
        y: 28
        width: 360
    }
}
