// Products of all formats against sums in double, and bit by bit against each other: instruction
// sets, homes, numbers of tokens, splits.
#include "kernels/cpu/matrix_product.h"

#include <cmath>
#include <cstring>

#include "kernels/cpu/activations.h"
#include "kernels/formats/activation.h"
#include "tests/kernels/cpu/random_blocks.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cpu;
using namespace deepwell::tests;

namespace {

std::vector<Isa> available() {
    std::vector<Isa> isas;
    for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
        if (isa_available(isa)) isas.push_back(isa);
    }
    return isas;
}

// 64-byte aligned bytes.
struct Arena {
    struct alignas(64) Line {
        std::byte bytes[64];
    };
    explicit Arena(std::size_t size) : lines((size + 63) / 64) {}
    std::byte* data() { return lines.empty() ? nullptr : lines.front().bytes; }
    std::vector<Line> lines;
};

// One matrix with its input, in all forms.
struct Case {
    Case(Format f, std::int64_t r, std::int64_t c, int t, std::uint32_t seed)
        : format(f),
          rows(r),
          columns(c),
          tokens(t),
          random(seed),
          file(random_rows(f, r, c, random)),
          x(random_activations(t * c, random)),
          packed(packed_bytes(f, r, c)) {
        // In two pieces, the second first.
        const std::int64_t cut = std::min(r, std::int64_t{16});
        const auto bytes = static_cast<std::size_t>(row_bytes(f, c));
        pack_rows(f, r, c, file.data() + static_cast<std::size_t>(cut) * bytes, cut, r - cut,
                  packed.data());
        pack_rows(f, r, c, file.data(), 0, cut, packed.data());
    }

    Matrix matrix(Home home) {
        return {format, home, rows, columns, home == Home::packed ? packed.data() : file.data()};
    }

    std::vector<float> weights(std::int64_t row) const {
        std::vector<float> values(static_cast<std::size_t>(columns));
        decode_row(format, file.data() + row * row_bytes(format, columns), columns, values.data());
        return values;
    }

    // What the product means, in double, and the sum of magnitudes for the tolerance.
    void expect(bool int8, std::vector<double>& sums, std::vector<double>& sizes) const {
        std::vector<double> input(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) input[i] = double{x[i]};
        if (int8) {
            for (std::size_t i = 0; i < x.size(); i += kActivationBlock) {
                std::int8_t q[kActivationBlock];
                const double d = double{quantize_activation_block(x.data() + i, q)};
                for (std::size_t k = 0; k < kActivationBlock; ++k) input[i + k] = d * q[k];
            }
        }
        sums.assign(static_cast<std::size_t>(tokens * rows), 0.0);
        sizes = sums;
        for (std::int64_t r = 0; r < rows; ++r) {
            const std::vector<float> w = weights(r);
            for (int t = 0; t < tokens; ++t) {
                const auto at = static_cast<std::size_t>(t * rows + r);
                for (std::int64_t c = 0; c < columns; ++c) {
                    const double term = double{w[static_cast<std::size_t>(c)]} *
                                        input[static_cast<std::size_t>(t * columns + c)];
                    sums[at] += term;
                    sizes[at] += std::fabs(term);
                }
            }
        }
    }

    // The product of tokens [first, first + count), rows split at `split`.
    std::vector<float> multiply_part(Isa isa, Home home, bool int8, int first, int count,
                                     std::int64_t split) {
        Activations input;
        input.tokens = count;
        input.values = x.data() + first * columns;
        input.stride = columns;
        Arena quantized(int8 ? static_cast<std::size_t>(count) * quantized_row_bytes(columns) : 0);
        if (int8) {
            quantize_rows(isa, input.values, columns, columns, count, quantized.data());
            input.quantized = quantized.data();
        }
        std::vector<float> out(static_cast<std::size_t>(count * rows), -1.0f);
        const ProductOutput output{out.data(), rows, nullptr, false};
        const Matrix weights_matrix = matrix(home);
        for (std::int64_t row = 0; row < rows; row += split) {
            multiply(isa, weights_matrix, input, row, std::min(rows, row + split), output);
        }
        return out;
    }

    Format format;
    std::int64_t rows, columns;
    int tokens;
    std::mt19937 random;
    std::vector<std::byte> file;
    std::vector<float> x;
    Arena packed;
};

bool same_bits(const std::vector<float>& a, const float* b) {
    return std::memcmp(a.data(), b, a.size() * sizeof(float)) == 0;
}

}  // namespace

class MatrixProductTest : public QObject {
    Q_OBJECT

    static void formats() {
        QTest::addColumn<std::uint32_t>("id");
        for (const FormatInfo& info : kFormats) {
            QTest::newRow(info.name) << static_cast<std::uint32_t>(info.format);
        }
    }

    static std::int64_t odd_columns(const FormatInfo& info) {
        if (info.block_values == 256) return 768;
        return info.block_values == 32 ? 352 : 301;
    }

private slots:
    void agrees_with_double_on_every_instruction_set_data() { formats(); }
    void agrees_with_double_on_every_instruction_set() {
        QFETCH(std::uint32_t, id);
        const FormatInfo& info = *find_format(id);
        Case test(info.format, 37, odd_columns(info), 5, id + 1);
        for (const bool int8 : {true, false}) {
            if (int8 && activation_kind(info.format) == ActivationKind::float32) continue;
            std::vector<double> sums, sizes;
            test.expect(int8, sums, sizes);
            const std::vector<float> first =
                test.multiply_part(Isa::scalar, Home::packed, int8, 0, test.tokens, 48);
            for (std::size_t i = 0; i < sums.size(); ++i) {
                const double error = std::fabs(double{first[i]} - sums[i]);
                QVERIFY2(
                    error <= 1e-6 * sizes[i] + 1e-30,
                    qPrintable(QString("place %1: %2 for %3").arg(i).arg(first[i]).arg(sums[i])));
            }
            for (const Isa isa : available()) {
                for (const Home home : {Home::packed, Home::in_place}) {
                    const auto other = test.multiply_part(isa, home, int8, 0, test.tokens, 16);
                    QVERIFY2(same_bits(other, first.data()), isa_name(isa));
                }
            }
        }
    }

    void a_token_has_the_same_bits_in_any_batch_data() { formats(); }
    void a_token_has_the_same_bits_in_any_batch() {
        QFETCH(std::uint32_t, id);
        const FormatInfo& info = *find_format(id);
        const std::int64_t columns = info.block_values == 256 ? 512 : odd_columns(info);
        Case test(info.format, 19, columns, 77, id + 100);
        for (const Isa isa : available()) {
            if (isa == Isa::scalar) continue;
            for (const bool int8 : {true, false}) {
                if (int8 && activation_kind(info.format) == ActivationKind::float32) continue;
                const auto all = test.multiply_part(isa, Home::packed, int8, 0, 77, 32);
                for (const int batch : {1, 2, 3, 4, 7, 9, 33}) {
                    for (int t = 0; t + batch <= 77; t += 23) {
                        const auto part = test.multiply_part(isa, Home::packed, int8, t, batch, 16);
                        QVERIFY2(same_bits(part, all.data() + t * test.rows), isa_name(isa));
                    }
                }
            }
        }
    }

    void sizes_of_packed_matrices_are_those_of_the_file() {
        for (const FormatInfo& info : kFormats) {
            const auto file = static_cast<std::size_t>(4096 * row_bytes(info.format, 2048));
            QCOMPARE(packed_bytes(info.format, 4096, 2048), file);
        }
    }

    void bias_residual_and_chosen_rows() {
        Case test(Format::Q4_K, 40, 256, 4, 5);
        std::vector<float> bias(40);
        for (std::size_t i = 0; i < bias.size(); ++i) bias[i] = static_cast<float>(i) * 0.25f;
        const auto plain = test.multiply_part(Isa::scalar, Home::packed, true, 0, 4, 48);
        Arena quantized(4 * quantized_row_bytes(256));
        quantize_rows(Isa::scalar, test.x.data(), 256, 256, 4, quantized.data());
        const std::int32_t chosen[] = {3, 1, 3};
        Activations input;
        input.tokens = 3;
        input.quantized = quantized.data();
        input.rows = chosen;
        std::vector<float> out(3 * 50, 2.0f);
        multiply(Isa::scalar, test.matrix(Home::packed), input, 0, 40,
                 {out.data(), 50, bias.data(), true});
        for (std::size_t t = 0; t < 3; ++t) {
            for (std::size_t r = 0; r < 40; ++r) {
                const float expected =
                    2.0f + (plain[static_cast<std::size_t>(chosen[t]) * 40 + r] + bias[r]);
                QCOMPARE(out[t * 50 + r], expected);
            }
            QCOMPARE(out[t * 50 + 40], 2.0f);
        }
    }

    void parts_on_a_pool_equal_one_call() {
        Case q(Format::Q4_K, 600, 512, 6, 9), k(Format::Q6_K, 100, 512, 6, 10);
        Arena quantized(6 * quantized_row_bytes(512));
        quantize_rows(best_isa(), q.x.data(), 512, 512, 6, quantized.data());
        Activations input;
        input.tokens = 6;
        input.quantized = quantized.data();
        k.x = q.x;
        const auto q_alone = q.multiply_part(best_isa(), Home::packed, true, 0, 6, 608);
        const auto k_alone = k.multiply_part(best_isa(), Home::packed, true, 0, 6, 608);
        for (const int threads : {1, 2, 3}) {
            ThreadPool pool(threads);
            std::vector<float> q_out(q_alone.size()), k_out(k_alone.size());
            const ProductPart parts[] = {
                {q.matrix(Home::packed), {q_out.data(), 600, nullptr, false}},
                {k.matrix(Home::packed), {k_out.data(), 100, nullptr, false}}};
            QVERIFY(multiply(best_isa(), pool, parts, input, {}));
            QVERIFY(same_bits(q_out, q_alone.data()));
            QVERIFY(same_bits(k_out, k_alone.data()));
        }
    }

    void mxfp4_takes_every_exponent() {
        // One row a scale, the subnormal ones among them; beyond 250 the other values overflow.
        std::mt19937 random(3);
        std::vector<std::byte> file = random_rows(Format::MXFP4, 256, 32, random);
        for (std::size_t e = 0; e < 256; ++e) file[17 * e] = static_cast<std::byte>(e);
        Arena packed(packed_bytes(Format::MXFP4, 256, 32));
        pack_rows(Format::MXFP4, 256, 32, file.data(), 0, 256, packed.data());
        std::vector<float> x(32, 0.0f);
        x[5] = 1.0f;
        for (const Isa isa : available()) {
            std::vector<float> out(256);
            Activations input;
            input.tokens = 1;
            input.values = x.data();
            input.stride = 32;
            multiply(isa, {Format::MXFP4, Home::packed, 256, 32, packed.data()}, input, 0, 256,
                     {out.data(), 256, nullptr, false});
            for (std::int64_t e = 0; e < 250; ++e) {
                float row[32];
                decode_row(Format::MXFP4, file.data() + 17 * e, 32, row);
                QCOMPARE(out[static_cast<std::size_t>(e)], row[5]);
            }
        }
    }
};

DEEPWELL_TEST(MatrixProductTest)
#include "matrix_product_test.moc"
