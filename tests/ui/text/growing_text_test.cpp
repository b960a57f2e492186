#include <QtGui/QTextDocument>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickTextDocument>

#include "tests/support/test_main.h"
#include "ui/text/plain_text.h"

using deepwell::ui::GrowingText;

class GrowingTextTest : public QObject {
    Q_OBJECT
private:
    // A TextEdit with its document, and the filler on it.
    struct Fixture {
        QQmlEngine engine;
        std::unique_ptr<QObject> edit;
        GrowingText filler;
        Fixture() {
            QQmlComponent component(&engine);
            component.setData("import QtQuick\nTextEdit { readOnly: true }", {});
            edit.reset(component.create());
            filler.setDocument(edit->property("textDocument").value<QQuickTextDocument*>());
            filler.setEditor(qobject_cast<QQuickItem*>(edit.get()));
            filler.setLineHeight(22);
            filler.componentComplete();
        }
        QTextDocument& document() {
            return *edit->property("textDocument").value<QQuickTextDocument*>()->textDocument();
        }
    };

private slots:
    void paragraphs_stand_apart_by_a_margin_not_by_a_line() {
        Fixture f;
        f.filler.setText("one\n\ntwo\nthree\n\n\nfour");
        QCOMPARE(f.document().toPlainText(), QString("one\ntwo\nthree\nfour"));
        QCOMPARE(f.document().blockCount(), 4);
    }

    void any_cut_gives_the_same() {
        const QString text = "one two\n\nthree\nfour\n\n\nfive   six\n\n seven";
        Fixture whole;
        whole.filler.setText(text);
        for (int step : {1, 2, 3, 5}) {
            Fixture f;
            for (int end = step; end < text.size() + step; end += step)
                f.filler.setText(text.left(end));
            QCOMPARE(f.document().toHtml(), whole.document().toHtml());
        }
    }

    void growth_touches_only_the_end() {
        Fixture f;
        f.filler.setText("a long beginning of a thought");
        int position = -1;
        connect(&f.document(), &QTextDocument::contentsChange, this,
                [&](int at, int, int) { position = at; });
        f.filler.setText("a long beginning of a thought that goes on");
        QVERIFY(position >= 29);
    }

    void the_filter_gives_shortcuts_back() {
        Fixture f;
        QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_N, Qt::ControlModifier);
        event.accept();
        QVERIFY(f.filler.eventFilter(f.edit.get(), &event));
        QVERIFY(!event.isAccepted());
    }
};

DEEPWELL_TEST(GrowingTextTest)
#include "growing_text_test.moc"
