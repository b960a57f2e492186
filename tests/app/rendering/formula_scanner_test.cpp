#include "app/rendering/formula_scanner.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::app::rendering;

namespace {

QString kind_name(Segment::Kind kind) {
    switch (kind) {
        case Segment::Kind::Text:
            return QStringLiteral("text");
        case Segment::Kind::Code:
            return QStringLiteral("code");
        case Segment::Kind::InlineFormula:
            return QStringLiteral("inline");
        case Segment::Kind::BlockFormula:
            return QStringLiteral("block");
    }
    return {};
}

}  // namespace

class FormulaScannerTest : public QObject {
    Q_OBJECT

private slots:
    void segments_equal_the_vectors_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QJsonArray>("expected");
        const auto shared = deepwell::tests::shared_dir();
        const auto path = shared.empty()
                              ? deepwell::tests::data_dir() / "markdown" / "math_vectors.json"
                              : shared / "facts" / "markdown_math_vectors.json";
        QFile file(QString::fromStdString(path.string()));
        QVERIFY2(file.open(QIODevice::ReadOnly), path.c_str());
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll())["cases"].toArray();
        QVERIFY(cases.size() >= 20);
        for (const QJsonValue item : cases) {
            QTest::newRow(qPrintable(item["name"].toString()))
                << item["source"].toString() << item["expected"].toArray();
        }
    }

    void segments_equal_the_vectors() {
        QFETCH(QString, source);
        QFETCH(QJsonArray, expected);
        QJsonArray found;
        for (const Segment& segment : scan_formulas(source)) {
            found.append(QJsonObject{{"kind", kind_name(segment.kind)}, {"text", segment.text}});
        }
        QCOMPARE(QJsonDocument(found).toJson(), QJsonDocument(expected).toJson());
    }

    void nothing_of_the_source_is_lost() {
        const QString source = QStringLiteral(
            "a $x$ `b` \\(c\\)\n> $$\n> d\n> $$\n```\n$e$\n```\n\\begin{align}f\\end{align} $5");
        QString joined;
        for (const Segment& segment : scan_formulas(source)) {
            joined += segment.source.isEmpty() ? segment.text : segment.source;
        }
        QCOMPARE(joined, source);
    }

    void hostile_input_stays_linear_data() {
        QTest::addColumn<QString>("piece");
        for (const char* piece : {"$a ", "\\(", "\\[x ", "$$ x ", "${", "`", "\\begin{align}", "> ",
                                  "$a{", "``` ", "\\"}) {
            QTest::newRow(piece) << QString::fromLatin1(piece);
        }
    }

    void hostile_input_stays_linear() {
        QFETCH(QString, piece);
        const auto time_of = [&](int count) {
            const QString source = piece.repeated(count);
            QElapsedTimer timer;
            timer.start();
            scan_formulas(source);
            return timer.nsecsElapsed() / 1e6;
        };
        time_of(1000);
        const double whole = time_of(200'000);
        QVERIFY2(whole < 4000, qPrintable(QString::number(whole)));
    }
};

DEEPWELL_TEST(FormulaScannerTest)
#include "formula_scanner_test.moc"
