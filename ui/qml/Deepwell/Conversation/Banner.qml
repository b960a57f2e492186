// The worst problem there is, above the composer.
import QtQuick
import Deepwell.Theme
import Deepwell.ViewModels

Item {
    id: root
    required property ProblemModel problems
    signal actionChosen(string kind)
    visible: problems.hasBanner
    height: visible ? box.implicitHeight : 0

    ProblemBox {
        id: box
        width: parent.width
        severity: root.problems.severity
        iconName: root.problems.icon
        title: root.problems.title
        text: root.problems.text
        steps: root.problems.steps
        actions: root.problems.actions
        onActionChosen: (kind) => root.actionChosen(kind)
        onDismissed: root.problems.dismiss()
        opacity: root.visible ? 1 : 0
        Behavior on opacity { NumberAnimation { duration: Theme.motion.banner } }
    }
}
