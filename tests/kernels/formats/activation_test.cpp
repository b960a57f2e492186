// The rule for activations against its words in double.
#include "kernels/formats/activation.h"

#include <cmath>
#include <limits>
#include <random>

#include "tests/support/test_main.h"

using namespace deepwell::kernels;

class ActivationTest : public QObject {
    Q_OBJECT

private slots:
    void rounds_ties_to_even() {
        for (int n = -200; n <= 200; ++n) {
            const float tie = static_cast<float>(n) + 0.5f;
            QCOMPARE(round_to_even(tie), static_cast<std::int32_t>(std::nearbyint(tie)));
            QCOMPARE(round_to_even(static_cast<float>(n)), n);
        }
    }

    void keeps_the_largest_and_stays_within_half_a_step() {
        std::mt19937 random(11);
        std::normal_distribution<float> normal;
        for (int run = 0; run < 1000; ++run) {
            float x[kActivationBlock];
            const float size = std::ldexp(1.0f, run % 60 - 30);
            for (float& value : x) value = normal(random) * size;
            if (run % 5 == 0) x[run % 32] = 40.0f * size;
            std::int8_t q[kActivationBlock];
            const float d = quantize_activation_block(x, q);
            float largest = 0;
            for (const float value : x) largest = std::max(largest, std::fabs(value));
            QCOMPARE(d, largest / 127.0f);
            for (int i = 0; i < kActivationBlock; ++i) {
                QVERIFY(std::fabs(double{d} * q[i] - double{x[i]}) <= 0.5001 * double{d});
                QVERIFY(q[i] >= -127);
            }
        }
    }

    void zeros_and_numbers_that_are_none_do_no_harm() {
        float x[kActivationBlock] = {};
        std::int8_t q[kActivationBlock];
        QCOMPARE(quantize_activation_block(x, q), 0.0f);
        for (const std::int8_t value : q) QCOMPARE(int{value}, 0);
        x[3] = 1e-42f;
        QCOMPARE(quantize_activation_block(x, q), 0.0f);
        x[3] = std::numeric_limits<float>::quiet_NaN();
        x[4] = 1.0f;
        QCOMPARE(quantize_activation_block(x, q), 1.0f / 127.0f);
        QCOMPARE(int{q[4]}, 127);
        x[5] = std::numeric_limits<float>::infinity();
        QVERIFY(std::isinf(quantize_activation_block(x, q)));
    }
};

DEEPWELL_TEST(ActivationTest)
#include "activation_test.moc"
