#include "kernels/cuda/large_product.h"

#include "kernels/cuda/code_books.h"
#include "kernels/cuda/planes.h"
#include "tests/kernels/cuda/double_library.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;
using Element = MatrixProduct::Element;

namespace {

// A matrix, some tokens, and memory as a program would have it.
struct Case {
    Case(Format format, int row_count, int column_count, int token_count)
        : rows(row_count),
          columns(column_count),
          tokens(token_count),
          element(is_float_format(format) || format == Format::MXFP4 ? Element::Float
                                                                     : Element::Half),
          file(random_rows(format, rows, columns, 3 + rows)),
          x(random_values(static_cast<std::size_t>(tokens) * columns, 17)),
          bias(random_values(rows, 5)),
          books({code_books()}),
          weight(device_bytes(format, rows, columns)),
          units(static_cast<std::size_t>(tokens) * units_of(columns)),
          out(static_cast<std::size_t>(tokens) * (rows + 3), NAN) {
        pack_rows(format, file.data(), rows, columns, weight.data());
        product = {format,      weight.data(), rows,     columns,
                   bias.data(), out.data(),    rows + 3, books.data()};
        LargeProductNeed need;
        need.add(element, format, rows, columns, tokens);
        weights.resize(need.weights);
        activations.resize(need.activations);
        scales.resize(need.scales / sizeof(float));
        memory = {weights.data(), activations.data(), scales.data(), nullptr};
    }

    // False where the library did not do it.
    bool run(LargeProducts& products) {
        bool done = false;
        if (element == Element::Float) {
            return products.multiply_float(nullptr, product, x.data(), columns, tokens, done) ==
                       0 &&
                   done;
        }
        DeviceView view{x.data(), columns, 1, columns, columns};
        return quantize_activations(nullptr, view, tokens, units.data()) == 0 &&
               products.expand(nullptr, units.data(), columns, tokens) == 0 &&
               products.multiply(nullptr, product, tokens, done) == 0 && done;
    }

    std::vector<float> result() const {
        std::vector<float> values;
        for (int t = 0; t < tokens; ++t) {
            values.insert(values.end(), out.begin() + t * (rows + 3),
                          out.begin() + t * (rows + 3) + rows);
        }
        return values;
    }

    std::vector<double> expected(Format format) const {
        const auto w = decode_rows(format, file);
        const auto seen = element == Element::Float ? x : after_int8_rule(x);
        std::vector<double> sums;
        for (int t = 0; t < tokens; ++t) {
            for (int r = 0; r < rows; ++r) {
                double sum = bias[r];
                for (int c = 0; c < columns; ++c) {
                    sum += double(w[r * columns + c]) * seen[t * columns + c];
                }
                sums.push_back(sum);
            }
        }
        return sums;
    }

    int rows, columns, tokens;
    Element element;
    CardVector<std::uint8_t> file;
    CardVector<float> x, bias;
    CardVector<CodeBooks> books;
    CardVector<std::uint8_t> weight;
    CardVector<ActivationUnit> units;
    CardVector<float> out;
    CardVector<std::uint8_t> weights, activations;
    CardVector<float> scales;
    Product product;
    LargeProductMemory memory;
};

}  // namespace

class LargeProductTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { DEEPWELL_NEEDS_CARD(); }

    void every_format_goes_through_the_library() {
        for (const FormatInfo& info : kFormats) {
            const int columns = info.block_values == 256 ? 512 : 288;
            Case made(info.format, 77, columns, 64);
            LibraryLog log;
            LargeProducts products(DoubleLibrary::opener(log), made.memory);
            QVERIFY(products.takes(made.tokens));
            QVERIFY2(made.run(products), finish().c_str());
            QCOMPARE(finish(), std::string());
            const double error = relative_error(made.result(), made.expected(info.format));
            QVERIFY2(error <= (made.element == Element::Half ? 1e-6 : 1e-12),
                     qPrintable(QString("%1: %2").arg(info.name).arg(error)));
            QCOMPARE(log.products.size(), std::size_t(1));
            const MatrixProduct& asked = log.products.front();
            QCOMPARE(asked.m, 77);
            QCOMPARE(asked.n, 64);
            QCOMPARE(asked.k, columns);
            QCOMPARE(asked.weight_stride, std::int64_t(columns));
            QCOMPARE(asked.x_stride, std::int64_t(columns));
            QCOMPARE(asked.out_stride, std::int64_t(80));
        }
    }

    void large_activations_do_not_overflow_halves() {
        Case made(Format::Q8_0, 32, 256, 64);
        for (int c = 0; c < 64 * 256; ++c) made.x[c] *= c / 256 % 2 == 0 ? 1e9f : 1e-9f;
        LibraryLog log;
        LargeProducts products(DoubleLibrary::opener(log), made.memory);
        QVERIFY(products.takes(64));
        made.product.bias = nullptr;
        std::fill(made.bias.begin(), made.bias.end(), 0.0f);
        QVERIFY(made.run(products));
        QCOMPARE(finish(), std::string());
        const auto result = made.result();
        const auto expected = made.expected(Format::Q8_0);
        for (int t = 0; t < 64; ++t) {
            const std::vector<float> row(result.begin() + 32 * t, result.begin() + 32 * t + 32);
            const std::vector<double> wanted(expected.begin() + 32 * t,
                                             expected.begin() + 32 * t + 32);
            QVERIFY(relative_error(row, wanted) <= 1e-6);
        }
    }

    void a_large_matrix_is_done_in_bands() {
        for (const Format format : {Format::Q8_0, Format::Q4_K, Format::F16, Format::F32}) {
            Case made(format, 150, 256, 64);
            LibraryLog log;
            LargeProducts products(DoubleLibrary::opener(log), made.memory, 64 * 256 * 2);
            QVERIFY(products.takes(64));
            QVERIFY(made.run(products));
            QCOMPARE(finish(), std::string());
            QCOMPARE(log.products.size(), std::size_t(3));  // 64, 64 and 22 rows
            QCOMPARE(log.products[2].m, 22);
            QVERIFY(relative_error(made.result(), made.expected(format)) <= 1e-6);
        }
    }

    // 64 MB of halves are 32,768 columns of 1,024 rows.
    void memory_is_that_of_the_largest_product() {
        const std::int64_t rows = 2100;
        const std::int64_t columns = 32768;
        LargeProductNeed need;
        need.add(Element::Half, Format::Q4_0, rows, columns, 64);
        QCOMPARE(need.weights, std::uint64_t(64) << 20);
        QCOMPARE(need.activations, std::uint64_t(64 * 32768 * 2));
        QCOMPARE(need.scales, std::uint64_t(64 * 4));
        need.add(Element::Float, Format::F32, rows, columns, 64);  // multiplied where it lies
        QCOMPARE(need.weights, std::uint64_t(64) << 20);
        need.add(Element::Float, Format::F16, 10, 100, 64);  // small: one band of whole tiles
        QCOMPARE(need.weights, std::uint64_t(64) << 20);
        LargeProductNeed small;
        small.add(Element::Float, Format::F16, 10, 100, 64);
        QCOMPARE(small.weights, std::uint64_t(64 * 100 * 4));
    }

    void small_batches_do_not_even_open_the_library() {
        LibraryLog log;
        LargeProducts products(DoubleLibrary::opener(log), {});
        QVERIFY(!products.takes(1));
        QVERIFY(!products.takes(kLargeBatch - 1));
        QCOMPARE(log.opened, 0);
        QVERIFY(products.takes(kLargeBatch));
        QVERIFY(products.takes(512));
        QCOMPARE(log.opened, 1);
    }

    void without_a_library_nothing_is_taken_and_it_is_asked_for_once() {
        int asked = 0;
        LargeProducts products(
            [&asked](void*) {
                ++asked;
                return std::unique_ptr<MatrixLibrary>();
            },
            {});
        QVERIFY(!products.takes(512));
        QVERIFY(!products.takes(512));
        QCOMPARE(asked, 1);
    }

    void a_library_that_refuses_is_not_asked_again() {
        Case made(Format::Q6_K, 32, 256, 64);
        LibraryLog log;
        log.refuse_from = 1;
        LargeProducts products(DoubleLibrary::opener(log), made.memory);
        QVERIFY(products.takes(64));
        QVERIFY(made.run(products));
        QVERIFY(!made.run(products));
        QVERIFY(!products.takes(64));
        QCOMPARE(log.opened, 1);
    }
};

DEEPWELL_TEST(LargeProductTest)
#include "large_product_test.moc"
