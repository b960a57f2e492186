#include "ui/viewmodels/models/variant_words.h"

#include "tests/support/test_main.h"

using namespace deepwell;

class VariantWordsTest : public QObject {
    Q_OBJECT
private slots:
    void names_are_shown_as_designed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char* name, const char* shown) {
            QTest::addRow("%s", name) << QString(name) << QString(shown);
        };
        row("DeepSeek R1 Distill Qwen 14B", "R1 Distill Qwen 14B");
        row("DeepSeek-R1-0528-Qwen3-8B", "R1-0528 Qwen3 8B");
        row("Deepseek Ai DeepSeek R1 0528 Qwen3 8B", "R1-0528 Qwen3 8B");
        row("DeepSeek-R1-Distill-Llama-8B-Q5_K_M", "R1 Distill Llama 8B");
        row("DeepSeek-R1-Distill-Qwen-1.5B.IQ4_XS.gguf", "R1 Distill Qwen 1.5B");
        row("Qwen3 30B A3B", "Qwen3 30B A3B");
        row("Deepwell starter", "Deepwell starter");
        row("deepseek", "deepseek");
    }
    void names_are_shown_as_designed() {
        QFETCH(QString, name);
        QFETCH(QString, shown);
        app::ModelFile model;
        model.name = name.toStdString();
        QCOMPARE(ui::shown_name(model), shown);
    }

    void the_button_names_the_size() {
        app::ModelFile model;
        model.name = "DeepSeek R1 Distill Qwen 14B";
        QCOMPARE(ui::size_label(model), QString("14B"));
        model.name = "DeepSeek-R1";
        QCOMPARE(ui::size_label(model), QString("R1"));
    }
};

DEEPWELL_TEST(VariantWordsTest)
#include "variant_words_test.moc"
