// Every format's decoder against the reference's values, bit by bit.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "kernels/formats/table.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::kernels;

class DecodeTest : public QObject {
    Q_OBJECT

    static std::vector<char> read(const std::filesystem::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    static void check_folder(const std::filesystem::path& folder) {
        for (const FormatInfo& info : kFormats) {
            if (info.format == Format::F32) continue;
            const auto blocks = read(folder / (std::string(info.name) + ".bin"));
            const auto expected = read(folder / (std::string(info.name) + ".f32"));
            const auto block_bytes = static_cast<std::size_t>(info.block_bytes);
            const auto block_values = static_cast<std::size_t>(info.block_values);
            QVERIFY2(!blocks.empty() && blocks.size() % block_bytes == 0, info.name);
            const std::size_t count = blocks.size() / block_bytes;
            QCOMPARE(expected.size(), count * block_values * sizeof(float));
            std::vector<float> values(count * block_values);
            decode_row(info.format, blocks.data(), static_cast<std::int64_t>(values.size()),
                       values.data());
            QVERIFY2(std::memcmp(values.data(), expected.data(), expected.size()) == 0, info.name);
        }
    }

private slots:
    void decodes_the_copied_blocks_bit_by_bit() {
        check_folder(deepwell::tests::data_dir() / "quant_vectors");
    }

    void decodes_all_vectors_bit_by_bit() {
        DEEPWELL_NEEDS_SHARED();
        check_folder(deepwell::tests::shared_dir() / "facts" / "quant_vectors");
    }

    void knows_every_number_and_no_other() {
        int known = 0;
        for (std::uint32_t id = 0; id < 300; ++id) {
            if (const FormatInfo* info = find_format(id)) {
                QCOMPARE(static_cast<std::uint32_t>(info->format), id);
                ++known;
            }
        }
        QCOMPARE(known, 25);
        QVERIFY(find_format(9) == nullptr);
        QVERIFY(find_format(0xffffffffu) == nullptr);
    }

    void counts_the_bytes_of_a_row() {
        QCOMPARE(row_bytes(Format::Q4_K, 1536), 6 * 144);
        QCOMPARE(row_bytes(Format::Q8_0, 1408), 44 * 34);
        QCOMPARE(row_bytes(Format::F16, 7), 14);
    }
};

DEEPWELL_TEST(DecodeTest)
#include "decode_test.moc"
