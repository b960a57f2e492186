#include "kernels/cuda/planes.h"

#include "tests/kernels/cuda/reference.h"
#include "tests/support/test_main.h"

using namespace deepwell::kernels;
using namespace deepwell::kernels::cuda;
using namespace deepwell::tests;

class PlanesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { DEEPWELL_NEEDS_CARD(); }

    void sizes_are_the_files_where_rows_and_columns_are_whole() {
        for (const FormatInfo& info : kFormats) {
            QCOMPARE(device_bytes(info.format, 96, 1536),
                     std::uint64_t(96 * row_bytes(info.format, 1536)));
        }
        QCOMPARE(device_bytes(Format::Q8_0, 33, 192), std::uint64_t(2 * 32 * 272));
    }

    void q4_k_is_a_transposition_of_pieces() {
        const int rows = 40;
        const auto file = random_rows(Format::Q4_K, rows, 512, 4);
        std::vector<std::uint8_t> packed(device_bytes(Format::Q4_K, rows, 512), 0xEE);
        pack_rows(Format::Q4_K, file.data(), rows, 512, packed.data());
        for (int r = 0; r < 64; ++r) {
            for (int u = 0; u < 2; ++u) {
                for (int plane = 0; plane < 9; ++plane) {
                    const std::uint8_t* piece =
                        &packed[((r / 32) * 2 + u) * 144 * 32 + plane * 512 + r % 32 * 16];
                    const std::vector<std::uint8_t> zeros(16);
                    const std::uint8_t* expected =
                        r < rows ? &file[(r * 2 + u) * 144 + plane * 16] : zeros.data();
                    QVERIFY(std::memcmp(piece, expected, 16) == 0);
                }
            }
        }
    }

    void rows_may_be_packed_in_pieces() {
        for (const auto& [format, name, values, bytes, decode] : kFormats) {
            const int rows = 100;
            const auto file = random_rows(format, rows, 512, 9);
            std::vector<std::uint8_t> whole(device_bytes(format, rows, 512));
            pack_rows(format, file.data(), rows, 512, whole.data());
            std::vector<std::uint8_t> parts(whole.size());
            for (int first = 0; first < rows; first += 32) {
                pack_rows(format, file.data() + first * row_bytes(format, 512),
                          std::min(32, rows - first), 512,
                          parts.data() + first / 32 * tile_row_bytes(format, 512));
            }
            QVERIFY(parts == whole);
        }
    }
};

DEEPWELL_TEST(PlanesTest)
#include "planes_test.moc"
