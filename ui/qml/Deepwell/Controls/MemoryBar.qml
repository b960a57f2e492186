// Memory as a bar: parts in their colours, the rest free; a mark where the free memory ends, and
// what lies beyond it in the colour of a fault. Figures always stand beside it.
import QtQuick
import Deepwell.Theme

Rectangle {
    id: root
    required property var parts        // [{share: 0…1, kind: "weights"|"cache"|"work"|"other"}]
    property real mark: -1             // 0…1, below 0: none
    property bool outlined: false      // the tall bar: free is raised with an edge

    implicitWidth: 96
    implicitHeight: 8
    radius: outlined ? 3 : 1
    color: outlined ? Theme.color.raised : Theme.color.line
    border.width: outlined ? 1 : 0
    border.color: Theme.color.control
    Accessible.ignored: true

    Row {
        id: segments
        x: root.outlined ? 1 : 0
        y: x
        LayoutMirroring.enabled: false
        Repeater {
            model: root.parts
            Rectangle {
                required property var modelData
                width: Math.max(0, modelData.share * (root.width - 2 * segments.x))
                height: root.height - 2 * segments.y
                color: Theme.color.ofMemory(modelData.kind)
                Rectangle {
                    visible: root.outlined && parent.width > 3
                    anchors.right: parent.right
                    width: 1
                    height: parent.height
                    color: Theme.color.raised
                }
            }
        }
    }
    Rectangle {
        visible: root.mark >= 0
        x: Math.min(root.width - 1, root.mark * root.width)
        y: -3
        width: 1
        height: root.height + 6
        color: Theme.color.text1
    }
}
