// A fault that ended a reply, in place of its rest.
import QtQuick
import Deepwell.Controls

Item {
    id: root
    required property var problem
    signal actionChosen(string kind)
    signal dismissed()
    implicitHeight: box.implicitHeight
    ProblemBox {
        id: box
        width: parent.width
        severity: root.problem.severity
        iconName: root.problem.icon
        title: root.problem.title
        text: root.problem.text
        steps: root.problem.steps
        actions: root.problem.actions
        onActionChosen: (kind) => root.actionChosen(kind)
        onDismissed: root.dismissed()
    }
}
