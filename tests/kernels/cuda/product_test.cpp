#include "kernels/cuda/kernels.h"
#include "kernels/cuda/planes.h"
#include "kernels/emulation/emulator.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

class ProductTest : public QObject {
    Q_OBJECT

    static std::vector<float> run(Format format, const std::vector<std::uint8_t>& file, int rows,
                                  int columns, const std::vector<float>& x, const float* bias,
                                  int tokens) {
        std::vector<std::uint8_t> weight(device_bytes(format, rows, columns));
        pack_rows(format, file.data(), rows, columns, weight.data());
        std::vector<float> out(static_cast<std::size_t>(tokens) * rows, NAN);
        Product product{format, weight.data(), rows, columns, bias, out.data(), rows};
        if (is_float_format(format)) {
            if (multiply_float(nullptr, product, x.data(), columns, tokens) != 0) return {};
        } else {
            std::vector<ActivationUnit> units(tokens * units_of(columns));
            DeviceView view{const_cast<float*>(x.data()), columns, 1, columns, columns};
            if (quantize_activations(nullptr, view, tokens, units.data()) != 0) return {};
            if (multiply_quantized(nullptr, product, units.data(), tokens) != 0) return {};
        }
        return out;
    }

private slots:
    void products_equal_a_double_reference_data() {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<int>("tokens");
        for (const Format format :
             {Format::F32, Format::F16, Format::BF16, Format::Q8_0, Format::Q4_K, Format::Q6_K}) {
            for (const auto& [rows, columns, tokens] :
                 {std::tuple(32, 256, 1), std::tuple(77, 512, 1), std::tuple(64, 2560, 3),
                  std::tuple(33, 1536, 9), std::tuple(40, 192, 5)}) {
                if (columns % 256 != 0 && (format == Format::Q4_K || format == Format::Q6_K))
                    continue;
                QTest::addRow("%s %dx%d, %d tokens", find_format(unsigned(format))->name, rows,
                              columns, tokens)
                    << int(format) << rows << columns << tokens;
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
        const auto seen = is_float_format(kind) ? x : after_int8_rule(x);

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
            gpu::emulation::set_order(seed);
            const auto out = run(kind, file, rows, columns, x, bias.data(), tokens);
            QVERIFY2(out.size() == expected.size(), gpu::emulation::take_fault().c_str());
            const double error = relative_error(out, expected);
            QVERIFY2(error <= 1e-11, qPrintable(QString::number(error)));
        }
        gpu::emulation::set_order(0);
    }

    void a_token_does_not_depend_on_its_batch() {
        for (const Format format : {Format::Q8_0, Format::Q4_K, Format::Q6_K, Format::F16}) {
            const int rows = 64;
            const int columns = 768;
            const auto file = random_rows(format, rows, columns, 1);
            const auto x = random_values(11 * columns, 2);
            const auto together = run(format, file, rows, columns, x, nullptr, 11);
            for (int t = 0; t < 11; ++t) {
                const std::vector<float> one(x.begin() + t * columns,
                                             x.begin() + (t + 1) * columns);
                const auto alone = run(format, file, rows, columns, one, nullptr, 1);
                QVERIFY(std::memcmp(alone.data(), &together[t * rows], rows * 4) == 0);
            }
        }
    }
};

DEEPWELL_TEST(ProductTest)
#include "product_test.moc"
