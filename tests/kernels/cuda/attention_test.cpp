#include "kernels/cuda/kernels.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

class AttentionTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { DEEPWELL_NEEDS_CARD(); }

    void attention_equals_a_double_reference_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("kv_heads");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("before");
        QTest::addColumn<int>("rows");
        QTest::addColumn<double>("bound");
        const std::pair<CacheFormat, double> formats[] = {
            {CacheFormat::F32, 1e-11}, {CacheFormat::F16, 1e-6}, {CacheFormat::Q8_0, 1e-3}};
        for (const auto& [format, bound] : formats) {
            QTest::addRow("%d: 4/2 x 64", int(format))
                << int(format) << 4 << 2 << 64 << 0 << 5 << bound;
            QTest::addRow("%d: 6/1 x 128", int(format))
                << int(format) << 6 << 1 << 128 << 70 << 1 << bound;
            QTest::addRow("%d: 2/2 x 48", int(format))
                << int(format) << 2 << 2 << 48 << 3 << 2 << bound;
        }
    }

    void attention_equals_a_double_reference() {
        QFETCH(int, format);
        QFETCH(int, heads);
        QFETCH(int, kv_heads);
        QFETCH(int, width);
        QFETCH(int, before);
        QFETCH(int, rows);
        QFETCH(double, bound);
        const int slot_count = before + rows;
        const int row = (heads + 2 * kv_heads) * width;
        auto qkv = random_values(static_cast<std::size_t>(slot_count) * row, 21, 3.0f);

        DeviceCache cache{nullptr, CacheFormat(format), kv_heads, width, width, slot_count + 3};
        CardVector<std::uint8_t> memory(cache_bytes(cache), 0xFF);
        cache.memory = memory.data();
        DeviceView key{qkv.data() + heads * width, row, kv_heads, width, width};
        DeviceView value{qkv.data() + (heads + kv_heads) * width, row, kv_heads, width, width};
        QCOMPARE(write_cache(nullptr, cache, 0, key, value, slot_count), 0);

        const float scale = 1.0f / std::sqrt(float(width));
        CardVector<float> out(static_cast<std::size_t>(rows) * heads * width, NAN);
        DeviceView query{qkv.data() + before * row, row, heads, width, width};
        DeviceView result{out.data(), heads * width, heads, width, width};
        QCOMPARE(attend(nullptr, cache, before, scale, query, result, rows), 0);
        QCOMPARE(finish(), std::string());

        std::vector<double> expected(out.size());
        for (int t = 0; t < rows; ++t) {
            for (int h = 0; h < heads; ++h) {
                const int g = h / (heads / kv_heads);
                std::vector<double> weights;
                double sum = 0;
                for (int s = 0; s <= before + t; ++s) {
                    double dot = 0;
                    for (int c = 0; c < width; ++c) {
                        dot += double(qkv[(before + t) * row + h * width + c]) *
                               qkv[s * row + (heads + g) * width + c];
                    }
                    weights.push_back(std::exp(dot * scale));
                    sum += weights.back();
                }
                for (int c = 0; c < width; ++c) {
                    double all = 0;
                    for (int s = 0; s <= before + t; ++s) {
                        all += weights[s] * qkv[s * row + (heads + kv_heads + g) * width + c];
                    }
                    expected[(t * heads + h) * width + c] = all / sum;
                }
            }
        }
        const double error = relative_error(out, expected);
        QVERIFY2(error <= bound, qPrintable(QString::number(error)));
    }
};

DEEPWELL_TEST(AttentionTest)
#include "attention_test.moc"
