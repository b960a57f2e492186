// Rows of the cache in its three types.
#include "kernels/cpu/cache.h"

#include <cmath>
#include <cstring>

#include "tests/kernels/cpu/random_blocks.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cpu;
using namespace deepwell::tests;

class CacheTest : public QObject {
    Q_OBJECT

private slots:
    void sizes() {
        QCOMPARE(cache_row_bytes(CacheType::F16, 128), std::size_t{256});
        QCOMPARE(cache_row_bytes(CacheType::Q8_0, 128), std::size_t{4 * 34});
        QCOMPARE(cache_row_bytes(CacheType::Q8_0, 40), std::size_t{2 * 34});
        CacheShape shape{CacheType::F16, 2, 128, 128, false, 1000};
        QCOMPARE(cache_bytes(shape), std::size_t{2 * 2 * 128 * 2 * 1000});
        shape = {CacheType::F32, 1, 576, 512, true, 64};
        QCOMPARE(cache_bytes(shape), std::size_t{576 * 4 * 64});
    }

    void q8_0_rows_are_within_half_a_step() {
        std::mt19937 random(2);
        for (const std::int32_t width : {32, 40, 64, 576}) {
            const std::vector<float> x = random_activations(width, random);
            const std::size_t bytes = cache_row_bytes(CacheType::Q8_0, width);
            std::vector<std::byte> row(bytes);
            write_cache_row(CacheType::Q8_0, x.data(), width, row.data());
            for (std::int32_t i = 0; i < width; ++i) {
                const std::byte* block = row.data() + i / 32 * 34;
                const double d = double{half_to_float(load_u16(block))};
                const double value = d * static_cast<std::int8_t>(block[2 + i % 32]);
                QVERIFY(std::fabs(value - double{x[static_cast<std::size_t>(i)]}) <= 0.52 * d);
            }
        }
    }

    void a_latent_row_is_the_row_of_both_parts() {
        std::mt19937 random(8);
        const std::vector<float> x = random_activations(48 + 20, random);
        for (const CacheType type : {CacheType::F32, CacheType::F16, CacheType::Q8_0}) {
            const CacheShape shape{type, 1, 68, 48, true, 3};
            std::vector<std::byte> cache(cache_bytes(shape));
            std::vector<std::byte> row(cache_row_bytes(type, 68));
            write_latent_cache(shape, cache.data(), 2, 1, x.data(), 48, x.data() + 48, 20);
            write_cache_row(type, x.data(), 68, row.data());
            QCOMPARE(std::memcmp(cache.data() + 2 * row.size(), row.data(), row.size()), 0);
        }
    }
};

DEEPWELL_TEST(CacheTest)
#include "cache_test.moc"
