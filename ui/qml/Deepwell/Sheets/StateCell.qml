// The place of one sample. The screenshot brings the mouse to the controls named "hover"; the ring of
// focus is put around its sample by hand, since only one item can have the focus.
import QtQuick
import Deepwell.Theme
import Deepwell.Controls

Item {
    id: root
    required property string modelData   // the state
    property int ringRadius: Theme.size.radiusControl  // 0: none
    default property alias content: holder.data
    width: 122
    height: 44
    Item {
        id: holder
        objectName: root.modelData
        width: childrenRect.width
        height: childrenRect.height
        anchors.verticalCenter: parent.verticalCenter
    }
    FocusRing {
        visible: root.modelData === "focus" && root.ringRadius > 0
        anchors.fill: holder
        innerRadius: root.ringRadius
    }
}
