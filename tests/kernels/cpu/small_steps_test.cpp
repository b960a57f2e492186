// Norm, rotation, gated unit, quantized activations and the router, against double.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "kernels/cpu/activations.h"
#include "kernels/cpu/elementwise.h"
#include "kernels/cpu/norm.h"
#include "kernels/cpu/product/activation_record.h"
#include "kernels/cpu/rope.h"
#include "kernels/cpu/route.h"
#include "kernels/formats/activation.h"
#include "tests/kernels/cpu/random_blocks.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cpu;
using namespace deepwell::tests;

class SmallStepsTest : public QObject {
    Q_OBJECT

private slots:
    void norm_is_the_formula() {
        std::mt19937 random(1);
        for (const std::int64_t columns : {1, 7, 64, 192, 257, 1536}) {
            std::vector<float> x = random_activations(3 * columns, random);
            const std::vector<float> weight = random_activations(columns, random);
            std::vector<float> y(x.size());
            rms_norm(x.data(), columns, 3, columns, weight.data(), 1e-6f, y.data(), columns);
            for (std::int64_t r = 0; r < 3; ++r) {
                double sum = 0;
                for (std::int64_t c = 0; c < columns; ++c) {
                    const double v = double{x[static_cast<std::size_t>(r * columns + c)]};
                    sum += v * v;
                }
                const double scale =
                    1.0 / std::sqrt(sum / static_cast<double>(columns) + double{1e-6f});
                for (std::int64_t c = 0; c < columns; ++c) {
                    const auto at = static_cast<std::size_t>(r * columns + c);
                    const double expected =
                        double{x[at]} * scale * double{weight[static_cast<std::size_t>(c)]};
                    QVERIFY(std::fabs(double{y[at]} - expected) <= 3e-7 * std::fabs(expected));
                }
            }
            rms_norm(x.data(), columns, 3, columns, weight.data(), 1e-6f, x.data(), columns);
            QVERIFY(x == y);
        }
    }

    void rotation_turns_pairs_even_at_far_positions() {
        const std::vector<double> frequencies = {1.0, 0.1, 1e-3, 1e-6};
        for (const std::int64_t position : {0, 5, 131072, 10000000}) {
            float cosines[4], sines[4];
            rotation_table(frequencies, 1.25, position, 1, cosines, sines);
            for (const Pairing pairing : {Pairing::halves, Pairing::interleaved}) {
                float x[20];
                for (int i = 0; i < 20; ++i) x[i] = static_cast<float>(i) - 9.5f;
                float y[20];
                std::memcpy(y, x, sizeof x);
                rotate(y, 2, 10, 4, pairing, cosines, sines);
                for (int h = 0; h < 2; ++h) {
                    for (int j = 0; j < 4; ++j) {
                        const int first = 10 * h + (pairing == Pairing::halves ? j : 2 * j);
                        const int second = pairing == Pairing::halves ? first + 4 : first + 1;
                        const long double angle =
                            static_cast<long double>(position) *
                            static_cast<long double>(frequencies[static_cast<std::size_t>(j)]);
                        const double c = 1.25 * static_cast<double>(std::cos(angle));
                        const double s = 1.25 * static_cast<double>(std::sin(angle));
                        QVERIFY(std::fabs(double{y[first]} -
                                          (double{x[first]} * c - double{x[second]} * s)) < 4e-6);
                        QVERIFY(std::fabs(double{y[second]} -
                                          (double{x[first]} * s + double{x[second]} * c)) < 4e-6);
                    }
                    QCOMPARE(y[10 * h + 8], x[10 * h + 8]);
                }
            }
        }
    }

    void gated_unit_is_the_formula_on_every_instruction_set() {
        std::vector<float> gate, up;
        for (float z = -120.0f; z <= 120.0f; z += 0.37f) {
            gate.push_back(z);
            up.push_back(1.0f + z * 0.01f);
        }
        std::vector<float> first;
        for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
            if (!isa_available(isa)) continue;
            std::vector<float> out(gate.size());
            gated_unit(isa, gate.data(), up.data(), static_cast<std::int64_t>(gate.size()),
                       out.data());
            for (std::size_t i = 0; i < gate.size(); ++i) {
                const double z = double{gate[i]};
                const double expected = z / (1.0 + std::exp(-z)) * double{up[i]};
                QVERIFY(std::fabs(double{out[i]} - expected) <= 4e-7 * std::fabs(expected) + 1e-34);
            }
            if (first.empty()) first = out;
            QVERIFY(std::memcmp(first.data(), out.data(), out.size() * sizeof(float)) == 0);
        }
    }

    void int8_activations_follow_the_rule_on_every_instruction_set() {
        std::mt19937 random(4);
        std::vector<float> x = random_activations(64 * 32, random);
        std::fill_n(x.begin(), 32, 0.0f);
        x[40] = std::numeric_limits<float>::quiet_NaN();
        x[70] = std::numeric_limits<float>::infinity();
        for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
            if (!isa_available(isa)) continue;
            std::vector<ActivationRecord> records(64);
            quantize_rows(isa, x.data(), 0, 64 * 32, 1,
                          reinterpret_cast<std::byte*>(records.data()));
            for (std::size_t b = 0; b < 64; ++b) {
                std::int8_t q[32];
                const float d = quantize_activation_block(x.data() + 32 * b, q);
                QCOMPARE(std::memcmp(q, records[b].q, 32), 0);
                QCOMPARE(bits_from_float(records[b].d), bits_from_float(d));
                const std::int32_t low = std::accumulate(q, q + 16, 0);
                const std::int32_t high = std::accumulate(q + 16, q + 32, 0);
                QCOMPARE(records[b].minus_sum, -(low + high));
                QCOMPARE(records[b].minus_sum_half[0], -low);
                QCOMPARE(records[b].minus_sum_half[1], -high);
                if (std::isfinite(d)) {
                    QCOMPARE(records[b].d_sum, d * static_cast<float>(low + high));
                    QCOMPARE(records[b].d_sum_half[1], d * static_cast<float>(high));
                }
            }
        }
    }

    // The rule of the router, written anew over sorted lists.
    void router_chooses_as_the_rule_says() {
        std::mt19937 random(12);
        std::normal_distribution<float> normal;
        for (int run = 0; run < 300; ++run) {
            RouteRule rule;
            rule.experts = 32;
            rule.used = 1 + run % 6;
            rule.sigmoid = run % 2 == 0;
            rule.groups = run % 3 == 0 ? 8 : 1;
            rule.groups_used = run % 3 == 0 ? 3 : 1;
            rule.normalise = run % 5 != 0;
            rule.scale = run % 4 == 0 ? 2.5f : 1.0f;
            std::vector<float> z(32), bias(32);
            for (float& value : z) value = normal(random);
            for (float& value : bias) value = 0.2f * normal(random);
            const bool biased = run % 7 < 4;

            std::vector<double> p(32), c(32);
            double total = 0;
            for (std::size_t e = 0; e < 32; ++e) total += std::exp(double{z[e]});
            for (std::size_t e = 0; e < 32; ++e) {
                p[e] = rule.sigmoid ? 1 / (1 + std::exp(-double{z[e]}))
                                    : std::exp(double{z[e]}) / total;
                c[e] = p[e] + (biased ? double{bias[e]} : 0.0);
            }
            std::vector<int> allowed;
            if (rule.groups > 1) {
                std::vector<std::pair<double, int>> groups;
                for (int g = 0; g < 8; ++g) {
                    std::vector<double> scores(c.begin() + 4 * g, c.begin() + 4 * g + 4);
                    std::sort(scores.rbegin(), scores.rend());
                    groups.emplace_back(-(scores[0] + scores[1]), g);
                }
                std::sort(groups.begin(), groups.end());
                for (int k = 0; k < 3; ++k) {
                    for (int i = 0; i < 4; ++i) {
                        allowed.push_back(4 * groups[static_cast<std::size_t>(k)].second + i);
                    }
                }
            } else {
                for (int e = 0; e < 32; ++e) allowed.push_back(e);
            }
            std::sort(allowed.begin(), allowed.end(), [&](int a, int b) {
                return c[static_cast<std::size_t>(a)] > c[static_cast<std::size_t>(b)];
            });
            std::vector<int> chosen(allowed.begin(), allowed.begin() + rule.used);
            std::sort(chosen.begin(), chosen.end());
            double sum = 0;
            for (const int e : chosen) sum += p[static_cast<std::size_t>(e)];

            std::int32_t ids[8];
            float weights[8];
            route(rule, z.data(), biased ? bias.data() : nullptr, ids, weights);
            for (int k = 0; k < rule.used; ++k) {
                const int e = chosen[static_cast<std::size_t>(k)];
                QCOMPARE(ids[k], e);
                const double expected = p[static_cast<std::size_t>(e)] /
                                        (rule.normalise ? sum : 1.0) * double{rule.scale};
                QVERIFY(std::fabs(double{weights[k]} - expected) < 1e-6);
            }
        }
    }

    void router_survives_numbers_that_are_none() {
        RouteRule rule;
        rule.experts = 8;
        rule.used = 4;
        rule.groups = 4;
        rule.groups_used = 1;
        const std::vector<float> z(8, std::numeric_limits<float>::quiet_NaN());
        std::int32_t ids[4];
        float weights[4];
        route(rule, z.data(), nullptr, ids, weights);
        for (int k = 0; k < 4; ++k) QVERIFY(ids[k] >= 0 && ids[k] < 8);
    }
};

DEEPWELL_TEST(SmallStepsTest)
#include "small_steps_test.moc"
