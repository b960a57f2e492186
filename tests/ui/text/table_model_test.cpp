#include "ui/text/table_model.h"

#include <QtTest/QAbstractItemModelTester>

#include "app/rendering/markdown.h"
#include "tests/support/test_main.h"
#include "ui/text/block_text.h"

using namespace deepwell::app::rendering;
using deepwell::ui::TableModel;

class TableModelTest : public QObject {
    Q_OBJECT
private slots:
    void rows_that_come_leave_the_others_alone() {
        TableModel model;
        QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QString head = "| a | b |\n| --- | ---: |\n| 1 | 2 |\n";
        model.setBlock(QVariant::fromValue(parse_markdown(head).at(0)));
        QCOMPARE(model.rowCount(), 4);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setBlock(QVariant::fromValue(parse_markdown(head + "| <b> | **4** |\n").at(0)));
        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(model.index(5).data(TableModel::Alignment).toInt(), 2);
        QCOMPARE(model.index(0).data(TableModel::Head).toBool(), true);
        // What a model writes is text, never tags.
        QCOMPARE(model.index(4).data(TableModel::Html).toString(), QString("&lt;b&gt;"));
        QCOMPARE(model.index(5).data(TableModel::Html).toString(), QString("<b>4</b>"));
    }
};

DEEPWELL_TEST(TableModelTest)
#include "table_model_test.moc"
