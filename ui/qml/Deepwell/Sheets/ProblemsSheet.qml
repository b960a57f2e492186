// Every kind of problem as the window shows it, side by side: for the eye, never part of the program's
// pages (`deepwell --screenshot FILE --page problems`).
import QtQuick
import Deepwell.Theme
import Deepwell.Controls
import Deepwell.Conversation

Rectangle {
    id: root
    required property var samples      // [{caption, problem}], problem as ProblemBox takes it
    color: Theme.color.window

    component Samples: Column {
        id: samples
        required property int parity
        width: (root.width - 56) / 2
        spacing: 16
        Repeater {
            model: root.samples.filter((each, index) => index % 2 === samples.parity)
            Card {
                id: card
                required property var modelData
                width: samples.width
                height: box.y + box.height + 17
                color: Theme.color.paper
                Label {
                    x: 17
                    y: 10
                    height: Theme.size.uiLine
                    text: card.modelData.caption
                    font: Theme.font.group
                    color: Theme.color.text2
                }
                ProblemBox {
                    id: box
                    x: 17
                    y: Theme.size.uiLine + 18
                    width: parent.width - 34
                    height: implicitHeight
                    severity: card.modelData.problem.severity
                    iconName: card.modelData.problem.icon
                    title: card.modelData.problem.title
                    text: card.modelData.problem.text
                    steps: card.modelData.problem.steps
                    actions: card.modelData.problem.actions
                }
            }
        }
    }
    Samples {
        x: 20
        y: 20
        parity: 0
    }
    Samples {
        x: 36 + width
        y: 20
        parity: 1
    }
}
