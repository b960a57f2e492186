// Half conversions against what halves mean, for all of them.
#include "kernels/formats/half.h"

#include <cmath>
#include <cstdint>
#include <random>

#include "tests/support/test_main.h"

using namespace deepwell::kernels;

class HalfTest : public QObject {
    Q_OBJECT

    // The value of a finite half by its definition.
    static double meaning(std::uint32_t half) {
        const double sign = (half & 0x8000u) != 0 ? -1.0 : 1.0;
        const int exponent = static_cast<int>((half >> 10) & 31u);
        const double fraction = half & 0x3ffu;
        if (exponent == 0) return sign * std::ldexp(fraction, -24);
        return sign * std::ldexp(1024.0 + fraction, exponent - 25);
    }

private slots:
    void every_half_has_its_value_and_comes_back() {
        for (std::uint32_t half = 0; half < 0x10000u; ++half) {
            const float value = half_to_float(static_cast<std::uint16_t>(half));
            if (((half >> 10) & 31u) == 31u) {
                QVERIFY((half & 0x3ffu) != 0 ? std::isnan(value) : std::isinf(value));
                continue;
            }
            QCOMPARE(static_cast<double>(value), meaning(half));
            QCOMPARE(half_from_float(value), static_cast<std::uint16_t>(half));
        }
    }

    void rounds_to_the_nearest_and_ties_to_even() {
        std::mt19937 random(7);
        for (int i = 0; i < 200000; ++i) {
            const float value = float_from_bits(static_cast<std::uint32_t>(random()));
            if (!std::isfinite(value) || std::fabs(value) > 65504.0f) continue;
            const std::uint16_t half = half_from_float(value);
            const double error = std::fabs(meaning(half) - static_cast<double>(value));
            for (const int step : {-1, 1}) {
                const std::uint32_t other = (half + static_cast<std::uint32_t>(step)) & 0xffffu;
                if (((other >> 10) & 31u) == 31u) continue;
                const double further = std::fabs(meaning(other) - static_cast<double>(value));
                QVERIFY(error < further || (error == further && (half & 1u) == 0) ||
                        (half & 0x7fffu) == 0);
            }
        }
        QCOMPARE(half_from_float(65519.0f), std::uint16_t{0x7bff});
        QCOMPARE(half_from_float(65520.0f), std::uint16_t{0x7c00});
        QCOMPARE(half_from_float(-1e30f), std::uint16_t{0xfc00});
    }
};

DEEPWELL_TEST(HalfTest)
#include "half_test.moc"
