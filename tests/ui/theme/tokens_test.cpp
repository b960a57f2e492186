// The theme against the tables of the design, copied into tests/data/look/tokens.json.
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtQml/QQmlComponent>
#include <QtQml/QQmlEngine>

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

class TokensTest : public QObject {
    Q_OBJECT
private:
    QQmlEngine engine_;
    std::unique_ptr<QObject> probe_;
    QJsonObject tokens_;

    QObject* group(const char* name) const { return probe_->property(name).value<QObject*>(); }

private slots:
    void initTestCase() {
        engine_.addImportPath("qrc:/qt/qml");
        QQmlComponent component(&engine_);
        component.setData(
            "import QtQuick\nimport Deepwell.Theme\nQtObject { property bool dark: false\n"
            "property var color: Theme.color\nproperty var font: Theme.font\n"
            "property var size: Theme.size\nproperty var motion: Theme.motion\n"
            "property bool still: false\nproperty string width: 'comfortable'\n"
            "onDarkChanged: Theme.dark = dark\nonStillChanged: Theme.reducedMotion = still\n"
            "onWidthChanged: Theme.readingWidth = width }",
            {});
        probe_.reset(component.create());
        QVERIFY2(probe_, qPrintable(component.errorString()));
        QFile file(QString::fromStdString((deepwell::tests::data_dir() / "look/tokens.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        tokens_ = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!tokens_.isEmpty());
    }

    void colours() {
        const QJsonObject colors = tokens_["color"].toObject();
        QVERIFY(colors.size() >= 37);
        for (const bool dark : {false, true}) {
            probe_->setProperty("dark", dark);
            for (auto it = colors.begin(); it != colors.end(); ++it) {
                const QVariant value = group("color")->property(it.key().toLatin1());
                QVERIFY2(value.isValid(), qPrintable(it.key()));
                const QColor wanted(it.value().toArray()[dark ? 1 : 0].toString());
                QCOMPARE(value.value<QColor>().rgba(), wanted.rgba());
            }
        }
        probe_->setProperty("dark", false);
    }

    // [colour, alpha in per cent] in light and dark.
    void colours_that_are_laid_over() {
        const QJsonObject colors = tokens_["overlay"].toObject();
        for (const bool dark : {false, true}) {
            probe_->setProperty("dark", dark);
            for (auto it = colors.begin(); it != colors.end(); ++it) {
                const QJsonArray wanted = it.value().toArray()[dark ? 1 : 0].toArray();
                const auto value = group("color")->property(it.key().toLatin1()).value<QColor>();
                QCOMPARE(value.rgb(), QColor(wanted[0].toString()).rgb());
                QVERIFY2(std::abs(value.alphaF() * 100 - wanted[1].toDouble()) < 0.4,
                         qPrintable(it.key()));
            }
        }
        probe_->setProperty("dark", false);
    }

    void type() {
        const QJsonObject fonts = tokens_["font"].toObject();
        QVERIFY(!fonts.isEmpty());
        for (auto it = fonts.begin(); it != fonts.end(); ++it) {
            const QVariant value = group("font")->property(it.key().toLatin1());
            QVERIFY2(value.canConvert<QFont>(), qPrintable(it.key()));
            const auto font = value.value<QFont>();
            const QJsonArray wanted = it.value().toArray();
            QCOMPARE(font.family(), wanted[0].toString());
            QCOMPARE(font.pixelSize(), wanted[1].toInt());
            QCOMPARE(int(font.weight()), wanted[2].toInt());
        }
    }

    void lengths_and_durations() {
        for (const char* name : {"size", "motion"}) {
            const QJsonObject values = tokens_[name].toObject();
            QVERIFY(!values.isEmpty());
            for (auto it = values.begin(); it != values.end(); ++it) {
                const QVariant value = group(name)->property(it.key().toLatin1());
                QVERIFY2(value.isValid(), qPrintable(it.key()));
                QCOMPARE(value.toDouble(), it.value().toDouble());
            }
        }
    }

    void reading_widths() {
        const QJsonObject widths = tokens_["reading"].toObject();
        for (auto it = widths.begin(); it != widths.end(); ++it) {
            probe_->setProperty("width", it.key());
            QCOMPARE(group("size")->property("column").toInt(), it.value().toArray()[0].toInt());
            QCOMPARE(group("size")->property("prose").toInt(), it.value().toArray()[1].toInt());
        }
        probe_->setProperty("width", "comfortable");
    }

    void reduced_motion_is_none() {
        probe_->setProperty("still", true);
        for (const char* name : {"hover", "fold", "popup", "banner"}) {
            QCOMPARE(group("motion")->property(name).toInt(), 0);
        }
        probe_->setProperty("still", false);
    }
};

DEEPWELL_TEST(TokensTest)
#include "tokens_test.moc"
