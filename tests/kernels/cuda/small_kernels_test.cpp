#include "kernels/cuda/kernels.h"
#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

class SmallKernelsTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { DEEPWELL_NEEDS_CARD(); }

    void activations_follow_the_one_rule() {
        const int rows = 3;
        const int columns = 320;  // ends inside a unit
        auto x = random_values(rows * columns, 8);
        CardVector<ActivationUnit> units(rows * 2);
        QCOMPARE(quantize_activations(nullptr, {x.data(), columns, 1, columns, columns}, rows,
                                      units.data()),
                 0);
        QCOMPARE(finish(), std::string());
        for (int r = 0; r < rows; ++r) {
            for (int block = 0; block < 16; ++block) {
                std::int8_t q[32] = {};
                float d = 0;
                if (block < columns / 32) {
                    d = quantize_activation_block(&x[r * columns + block * 32], q);
                }
                const ActivationUnit& unit = units[r * 2 + block / 8];
                QCOMPARE(unit.d[block % 8], d);
                QVERIFY(std::memcmp(unit.q + block % 8 * 32, q, 32) == 0);
                int first = 0;
                int second = 0;
                for (int i = 0; i < 16; ++i) {
                    first += q[i];
                    second += q[16 + i];
                }
                QCOMPARE(unit.sum16[block % 8 * 2], first);
                QCOMPARE(unit.sum16[block % 8 * 2 + 1], second);
                QCOMPARE(unit.scaled_sum[block % 8], d * float(first + second));
            }
        }
    }

    void norms_of_rows_and_of_heads() {
        const int rows = 3;
        const int heads = 4;
        const int width = 48;
        auto x = random_values(rows * heads * width, 2);
        const auto weight = random_values(width, 4);
        CardVector<float> y(x.size(), NAN);
        DeviceView in{x.data(), heads * width, heads, width, width};
        DeviceView out{y.data(), heads * width, heads, width, width};
        QCOMPARE(rms_norm(nullptr, in, out, weight.data(), 1e-6f, rows), 0);
        QCOMPARE(finish(), std::string());
        std::vector<double> expected(x.size());
        for (int head = 0; head < rows * heads; ++head) {
            double sum = 0;
            for (int c = 0; c < width; ++c)
                sum += double(x[head * width + c]) * x[head * width + c];
            for (int c = 0; c < width; ++c) {
                expected[head * width + c] =
                    x[head * width + c] / std::sqrt(sum / width + 1e-6) * weight[c];
            }
        }
        QVERIFY(relative_error(y, expected) <= 1e-12);
    }

    void both_pairings_of_rotation() {
        for (const bool interleaved : {false, true}) {
            const int rows = 2;
            const int heads = 3;
            const int width = 8;
            auto x = random_values(rows * heads * width, 6);
            const auto before = x;
            CardVector<float> table;
            std::vector<double> angles;
            for (int i = 0; i < rows * width / 2; ++i) {
                angles.push_back(0.3 * i + 0.1);
                table.push_back(float(std::cos(angles.back())));
                table.push_back(float(std::sin(angles.back())));
            }
            QCOMPARE(rotate(nullptr, {x.data(), heads * width, heads, width, width}, table.data(),
                            interleaved, rows),
                     0);
            QCOMPARE(finish(), std::string());
            std::vector<double> expected(x.size());
            for (int r = 0; r < rows; ++r) {
                for (int h = 0; h < heads; ++h) {
                    for (int j = 0; j < width / 2; ++j) {
                        const int base = (r * heads + h) * width;
                        const int a = base + (interleaved ? 2 * j : j);
                        const int b = base + (interleaved ? 2 * j + 1 : j + width / 2);
                        const double angle = angles[r * width / 2 + j];
                        expected[a] = before[a] * std::cos(angle) - before[b] * std::sin(angle);
                        expected[b] = before[a] * std::sin(angle) + before[b] * std::cos(angle);
                    }
                }
            }
            QVERIFY(relative_error(x, expected) <= 1e-13);
        }
    }

    void elementwise_kernels() {
        const int rows = 3;
        const int width = 200;
        auto a = random_values(rows * width, 1);
        auto b = random_values(rows * width, 2);
        CardVector<float> out(rows * width, NAN);
        const auto view = [&](CardVector<float>& data) {
            return DeviceView{data.data(), width, 1, width, width};
        };
        QCOMPARE(gated_unit(nullptr, view(a), view(b), view(out), rows), 0);
        QCOMPARE(finish(), std::string());
        std::vector<double> expected(out.size());
        for (std::size_t i = 0; i < out.size(); ++i) {
            expected[i] = a[i] / (1 + std::exp(-double(a[i]))) * b[i];
        }
        QVERIFY(relative_error(out, expected) <= 1e-12);

        const CardVector<std::int32_t> wanted = {2, 0};
        CardVector<float> picked(2 * width, NAN);
        QCOMPARE(gather_rows(nullptr, view(a), view(picked), wanted.data(), 2), 0);
        QCOMPARE(finish(), std::string());
        QVERIFY(std::memcmp(picked.data(), &a[2 * width], width * 4) == 0);
        QVERIFY(std::memcmp(&picked[width], a.data(), width * 4) == 0);

        const auto before = a;
        QCOMPARE(add(nullptr, view(a), view(b), rows), 0);
        QCOMPARE(finish(), std::string());
        for (std::size_t i = 0; i < a.size(); ++i) QCOMPARE(a[i], before[i] + b[i]);
    }
};

DEEPWELL_TEST(SmallKernelsTest)
#include "small_kernels_test.moc"
