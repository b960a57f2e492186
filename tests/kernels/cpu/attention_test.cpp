// Attention against softmax in double, and bit by bit: batches, threads, instruction sets.
#include "kernels/cpu/attention.h"

#include <cmath>
#include <cstring>

#include "tests/kernels/cpu/random_blocks.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cpu;
using namespace deepwell::tests;

namespace {

struct alignas(64) Line {
    std::byte bytes[64];
};

// A cache filled with `count` tokens and queries for all of them.
struct Case {
    Case(CacheShape s, std::int32_t h, std::int32_t n, std::uint32_t seed)
        : shape(s), heads(h), count(n), random(seed) {
        shape.slot_count = n + 5;
        cache.resize(cache_bytes(shape));
        key_row = shape.kv_heads * shape.key_width;
        value_row = shape.kv_heads * shape.value_width;
        keys = random_activations(std::int64_t{count} * key_row, random);
        for (float& k : keys) k *= 0.3f;
        if (shape.latent) {
            const std::int32_t rest = shape.key_width - shape.value_width;
            std::vector<float> c, pe;
            for (std::int32_t t = 0; t < count; ++t) {
                const float* row = keys.data() + std::int64_t{t} * shape.key_width;
                c.insert(c.end(), row, row + shape.value_width);
                pe.insert(pe.end(), row + shape.value_width, row + shape.key_width);
            }
            write_latent_cache(shape, cache.data(), 0, count, c.data(), shape.value_width,
                               pe.data(), rest);
        } else {
            values = random_activations(std::int64_t{count} * value_row, random);
            write_cache(shape, cache.data(), 0, count, keys.data(), key_row, values.data(),
                        value_row);
        }
        q = random_activations(std::int64_t{count} * heads * shape.key_width, random);
    }

    std::vector<float> run(Isa isa, int threads, std::int32_t first, std::int32_t tokens) {
        ThreadPool pool(threads);
        AttentionInput input;
        input.shape = shape;
        input.cache = cache.data();
        input.heads = heads;
        input.tokens = tokens;
        input.first_slot = first;
        const std::int64_t stride = std::int64_t{heads} * shape.key_width;
        const float* start = q.data() + first * stride;
        const std::int32_t main_width = shape.latent ? shape.value_width : shape.key_width;
        input.q = {start, main_width, stride, shape.key_width};
        if (shape.latent) {
            input.q_rest = {start + main_width, shape.key_width - main_width, stride,
                            shape.key_width};
        }
        input.scale = scale;
        std::vector<float> out(static_cast<std::size_t>(tokens * heads * shape.value_width));
        input.out = out.data();
        input.out_stride = std::int64_t{heads} * shape.value_width;
        std::vector<Line> scratch(
            attention_scratch_bytes(shape, heads, tokens, threads) / sizeof(Line) + 1);
        if (!attend(isa, pool, input, scratch.front().bytes, {})) return {};
        return out;
    }

    // One head of one token in double, from the float values (not the cache).
    std::vector<double> expect(std::int32_t token, std::int32_t head) const {
        const std::int32_t group = head / (heads / shape.kv_heads);
        const float* query = q.data() + (std::int64_t{token} * heads + head) * shape.key_width;
        std::vector<double> scores;
        double largest = -1e300;
        for (std::int32_t s = 0; s <= token; ++s) {
            const float* key = keys.data() + std::int64_t{s} * key_row + group * shape.key_width;
            double dot = 0;
            for (std::int32_t c = 0; c < shape.key_width; ++c) {
                dot += double{query[c]} * double{key[c]};
            }
            scores.push_back(dot * scale);
            largest = std::max(largest, scores.back());
        }
        double sum = 0;
        for (double& score : scores) sum += score = std::exp(score - largest);
        std::vector<double> out(static_cast<std::size_t>(shape.value_width));
        for (std::int32_t s = 0; s <= token; ++s) {
            const float* value = shape.latent ? keys.data() + std::int64_t{s} * key_row
                                              : values.data() + std::int64_t{s} * value_row +
                                                    group * shape.value_width;
            for (std::size_t c = 0; c < out.size(); ++c) {
                out[c] += scores[static_cast<std::size_t>(s)] / sum * double{value[c]};
            }
        }
        return out;
    }

    CacheShape shape;
    std::int32_t heads, count;
    std::mt19937 random;
    std::int64_t key_row = 0, value_row = 0;
    double scale = 0.11;
    std::vector<std::byte> cache;
    std::vector<float> keys, values, q;
};

}  // namespace

class AttentionTest : public QObject {
    Q_OBJECT

    static double relative_error(Case& test, const std::vector<float>& out) {
        double error = 0, size = 0;
        for (std::int32_t t = 0; t < test.count; t += 37) {
            for (std::int32_t h = 0; h < test.heads; ++h) {
                const auto expected = test.expect(t, h);
                const float* got =
                    out.data() + (std::int64_t{t} * test.heads + h) * test.shape.value_width;
                for (std::size_t c = 0; c < expected.size(); ++c) {
                    error += (double{got[c]} - expected[c]) * (double{got[c]} - expected[c]);
                    size += expected[c] * expected[c];
                }
            }
        }
        return error / size;
    }

private slots:
    void agrees_with_double_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("kv_heads");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("key_width");
        QTest::addColumn<int>("value_width");
        QTest::addColumn<bool>("latent");
        const char* names[] = {"F32", "F16", "Q8_0"};
        for (int type = 0; type < 3; ++type) {
            const auto row = [&](const char* what) -> QTestData& {
                return QTest::newRow((std::string(names[type]) + " " + what).c_str());
            };
            row("grouped") << type << 2 << 12 << 128 << 128 << false;
            row("odd widths") << type << 3 << 3 << 40 << 24 << false;
            row("latent") << type << 1 << 5 << 80 << 64 << true;
            row("wide latent") << type << 1 << 2 << 576 << 512 << true;
        }
    }

    void agrees_with_double() {
        QFETCH(int, type);
        QFETCH(int, kv_heads);
        QFETCH(int, heads);
        QFETCH(int, key_width);
        QFETCH(int, value_width);
        QFETCH(bool, latent);
        Case test({static_cast<CacheType>(type), kv_heads, key_width, value_width, latent, 0},
                  heads, 600, 17);
        const auto all = test.run(best_isa(), 2, 0, 600);
        const double bounds[] = {1e-11, 1e-5, 3e-3};
        const double error = relative_error(test, all);
        QVERIFY2(error < bounds[type], qPrintable(QString::number(error)));

        // The same bits in other batches, with other threads, on other instruction sets.
        const std::size_t row = static_cast<std::size_t>(heads * value_width);
        for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
            if (!isa_available(isa)) continue;
            for (const auto& [first, tokens] :
                 {std::pair{599, 1}, {255, 1}, {256, 1}, {510, 3}, {250, 9}, {0, 1}}) {
                const auto part = test.run(isa, 1 + first % 3, first, tokens);
                QVERIFY2(
                    std::memcmp(part.data(), all.data() + static_cast<std::size_t>(first) * row,
                                part.size() * sizeof(float)) == 0,
                    isa_name(isa));
            }
        }
    }

    void a_stop_ends_it() {
        Case test({CacheType::F16, 2, 64, 64, false, 0}, 4, 300, 1);
        ThreadPool pool(2);
        AttentionInput input;
        input.shape = test.shape;
        input.cache = test.cache.data();
        input.heads = 4;
        input.tokens = 1;
        const Stop stop{[](const void*) { return true; }, nullptr};
        QVERIFY(!attend(Isa::scalar, pool, input, nullptr, stop));
    }
};

DEEPWELL_TEST(AttentionTest)
#include "attention_test.moc"
