#include "kernels/cuda/code_books.h"
#include "kernels/cuda/kernels.h"
#include "kernels/cuda/planes.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

class ProductTest : public QObject {
    Q_OBJECT

    static CardVector<float> run(Format format, const CardVector<std::uint8_t>& file, int rows,
                                 int columns, const CardVector<float>& x, const float* bias,
                                 int tokens) {
        CardVector<std::uint8_t> weight(device_bytes(format, rows, columns));
        pack_rows(format, file.data(), rows, columns, weight.data());
        CardVector<float> out(static_cast<std::size_t>(tokens) * rows, NAN);
        const CardVector<CodeBooks> books = {code_books()};
        const Product product{format, weight.data(), rows, columns,
                              bias,   out.data(),    rows, books.data()};
        if (takes_floats(format)) {
            if (multiply_float(nullptr, product, x.data(), columns, tokens) != 0) return failed();
        } else {
            CardVector<ActivationUnit> units(tokens * units_of(columns));
            DeviceView view{const_cast<float*>(x.data()), columns, 1, columns, columns};
            if (quantize_activations(nullptr, view, tokens, units.data()) != 0) return failed();
            if (multiply_quantized(nullptr, product, units.data(), tokens) != 0) return failed();
        }
        fault_ = finish();
        return fault_.empty() ? out : CardVector<float>();
    }

    static inline std::string fault_;

    static CardVector<float> failed() {
        fault_ = finish();
        return {};
    }
    static bool takes_floats(Format format) {
        return is_float_format(format) || format == Format::MXFP4;
    }

private slots:
    void initTestCase() { DEEPWELL_NEEDS_CARD(); }

    void products_equal_a_double_reference_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("tokens");
        for (const FormatInfo& info : kFormats) {
            for (const auto& [rows, columns, tokens] :
                 {std::tuple(32, 256, 1), std::tuple(77, 512, 1), std::tuple(64, 2560, 3),
                  std::tuple(33, 1536, 9), std::tuple(40, 192, 5)}) {
                if (columns % info.block_values != 0) continue;
                QTest::addRow("%s %dx%d, %d tokens", info.name, rows, columns, tokens)
                    << int(info.format) << rows << columns << tokens;
            }
        }
    }

    void products_equal_a_double_reference() {
        QFETCH(int, format);
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(int, tokens);
        const auto kind = static_cast<Format>(format);
        const auto file = random_rows(kind, rows, columns, 11 + rows);
        const auto weights = decode_rows(kind, file);
        const auto x = random_values(static_cast<std::size_t>(tokens) * columns, 5 + columns);
        const auto bias = random_values(rows, 3);
        const auto seen = takes_floats(kind) ? x : after_int8_rule(x);

        std::vector<double> expected(static_cast<std::size_t>(tokens) * rows);
        for (int t = 0; t < tokens; ++t) {
            for (int r = 0; r < rows; ++r) {
                double sum = bias[r];
                for (int c = 0; c < columns; ++c) {
                    sum += double(weights[r * columns + c]) * seen[t * columns + c];
                }
                expected[t * rows + r] = sum;
            }
        }
        for (const std::uint64_t seed : {0, 7, 8}) {
            set_thread_order(seed);
            const auto out = run(kind, file, rows, columns, x, bias.data(), tokens);
            QVERIFY2(out.size() == expected.size(), fault_.c_str());
            const double error = relative_error(out, expected);
            QVERIFY2(error <= 1e-11, qPrintable(QString::number(error)));
        }
        set_thread_order(0);
    }

    void a_token_does_not_depend_on_its_batch() {
        for (const Format format : {Format::Q8_0, Format::Q4_K, Format::Q6_K, Format::F16,
                                    Format::IQ3_S, Format::MXFP4}) {
            const int rows = 64;
            const int columns = 768;
            const auto file = random_rows(format, rows, columns, 1);
            const auto x = random_values(11 * columns, 2);
            const auto together = run(format, file, rows, columns, x, nullptr, 11);
            for (int t = 0; t < 11; ++t) {
                const CardVector<float> one(x.begin() + t * columns, x.begin() + (t + 1) * columns);
                const auto alone = run(format, file, rows, columns, one, nullptr, 1);
                QVERIFY(std::memcmp(alone.data(), &together[t * rows], rows * 4) == 0);
            }
        }
    }
};

DEEPWELL_TEST(ProductTest)
#include "product_test.moc"
