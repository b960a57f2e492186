// The table of contrasts of the design, recomputed from the theme (WCAG 2 formula).
#include <QtGui/QColor>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <cmath>

#include "tests/support/test_main.h"

Q_IMPORT_QML_PLUGIN(Deepwell_ThemePlugin)

namespace {

double luminance(const QColor& color) {
    const auto part = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) +
           0.0722 * part(color.blueF());
}

double contrast(const QColor& a, const QColor& b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

// `over` laid upon `below`.
QColor blended(const QColor& over, const QColor& below) {
    const double a = over.alphaF();
    return QColor::fromRgbF(static_cast<float>(over.redF() * a + below.redF() * (1 - a)),
                            static_cast<float>(over.greenF() * a + below.greenF() * (1 - a)),
                            static_cast<float>(over.blueF() * a + below.blueF() * (1 - a)));
}

}  // namespace

class ContrastTest : public QObject {
    Q_OBJECT
private:
    QQmlEngine engine_;
    std::unique_ptr<QObject> probe_;
    QObject* colors_ = nullptr;

    QColor color(const char* name) const { return colors_->property(name).value<QColor>(); }
    void set_dark(bool dark) { probe_->setProperty("dark", dark); }

private slots:
    void initTestCase() {
        engine_.addImportPath("qrc:/qt/qml");
        QQmlComponent component(&engine_);
        component.setData(
            "import QtQuick\nimport Deepwell.Theme\nQtObject { property bool dark: false\n"
            "property var colors: Theme.color\nonDarkChanged: Theme.dark = dark }",
            {});
        probe_.reset(component.create());
        QVERIFY2(probe_, qPrintable(component.errorString()));
        colors_ = probe_->property("colors").value<QObject*>();
        QVERIFY(colors_);
    }

    void text_over_every_surface_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("text");
        QTest::addColumn<double>("lowest");
        QTest::addColumn<double>("highest");
        const auto rows = [](bool dark,
                             std::initializer_list<std::tuple<const char*, double, double>> list) {
            for (const auto& [text, low, high] : list) {
                QTest::addRow("%s %s", dark ? "dark" : "light", text)
                    << dark << QString(text) << low << high;
            }
        };
        rows(false, {{"text1", 13.4, 16.3},
                     {"text2", 6.5, 7.9},
                     {"text3", 4.9, 6.0},
                     {"accent", 5.5, 6.7},
                     {"ok", 5.4, 6.5},
                     {"warn", 5.7, 6.9},
                     {"bad", 6.2, 7.5}});
        rows(true, {{"text1", 10.3, 14.9},
                    {"text2", 6.5, 9.4},
                    {"text3", 4.8, 6.9},
                    {"accent", 6.0, 8.6},
                    {"ok", 6.5, 9.3},
                    {"warn", 6.8, 9.7},
                    {"bad", 5.9, 8.5}});
    }
    void text_over_every_surface() {
        QFETCH(bool, dark);
        QFETCH(QString, text);
        QFETCH(double, lowest);
        QFETCH(double, highest);
        set_dark(dark);
        double low = 100;
        double high = 0;
        for (const char* surface : {"window", "paper", "raised", "sunk", "question", "tint"}) {
            const double value = contrast(color(text.toLatin1()), color(surface));
            low = std::min(low, value);
            high = std::max(high, value);
        }
        QVERIFY2(std::abs(low - lowest) < 0.06, qPrintable(QString::number(low)));
        QVERIFY2(std::abs(high - highest) < 0.06, qPrintable(QString::number(high)));
        QVERIFY(low >= 4.5);
    }

    void pairs_data() {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("back");
        QTest::addColumn<double>("expected");
        const auto row = [](const char* text, const char* back, double light, double dark) {
            QTest::addRow("light %s on %s", text, back)
                << false << QString(text) << QString(back) << light;
            QTest::addRow("dark %s on %s", text, back)
                << true << QString(text) << QString(back) << dark;
        };
        row("textOnAccent", "accent", 6.7, 7.5);
        row("textOnAccent", "accentHover", 8.4, 9.0);
        row("textOnAccent", "accentPressed", 10.4, 10.2);
        row("textOnTint", "tint", 7.8, 8.3);
        row("text1", "warnBack", 14.4, 11.7);
        row("text1", "badBack", 13.5, 12.6);
        row("warn", "warnBack", 6.1, 7.7);
        row("bad", "badBack", 6.2, 7.2);
        row("textOnHit", "hit", 12.8, 6.5);
        row("control", "window", 3.0, 4.4);
        row("control", "paper", 3.4, 4.1);
        row("control", "raised", 3.4, 3.7);
    }
    void pairs() {
        QFETCH(bool, dark);
        QFETCH(QString, text);
        QFETCH(QString, back);
        QFETCH(double, expected);
        set_dark(dark);
        const double value = contrast(color(text.toLatin1()), color(back.toLatin1()));
        QVERIFY2(std::abs(value - expected) < 0.06, qPrintable(QString::number(value)));
    }

    void code_colours_on_sunk() {
        for (const bool dark : {false, true}) {
            set_dark(dark);
            double low = 100;
            for (const char* name :
                 {"codeKeyword", "codeString", "codeNumber", "codeComment", "codeFunction"}) {
                low = std::min(low, contrast(color(name), color("sunk")));
            }
            QVERIFY2(std::abs(low - (dark ? 6.1 : 5.5)) < 0.06, qPrintable(QString::number(low)));
        }
    }

    void notes_on_a_hovered_row_can_be_read() {
        set_dark(false);
        const double value = contrast(color("text3"), blended(color("hover"), color("window")));
        QVERIFY2(value >= 4.4, qPrintable(QString::number(value)));
    }
};

DEEPWELL_TEST(ContrastTest)
#include "contrast_test.moc"
