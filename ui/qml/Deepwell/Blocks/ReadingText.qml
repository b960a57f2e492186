// A read-only text that can be selected; BlockText or ThoughtText fills its document.
import QtQuick
import Deepwell.Theme

TextEdit {
    readOnly: true
    selectByMouse: true
    selectByKeyboard: true
    persistentSelection: false
    activeFocusOnPress: true
    textFormat: TextEdit.PlainText  // set again from C++ it would be emptied when it is complete
    wrapMode: TextEdit.Wrap
    color: Theme.color.text1
    selectionColor: Theme.color.selection
    selectedTextColor: Theme.color.text1
    font: Theme.font.reading
    Accessible.role: Accessible.EditableText
    Accessible.readOnly: true
}
