// What was asked, word for word.
import QtQuick
import Deepwell.Theme
import Deepwell.Blocks
import Deepwell.Text

ReadingText {
    id: root
    required property string source
    Accessible.name: source
    PlainText {
        document: root.textDocument
        editor: root
        text: root.source
        font: Theme.font.reading
        lineHeight: Theme.size.readingLine
    }
}
