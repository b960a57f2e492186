#include <array>
#include <fstream>

#include "engine/gguf/file.h"
#include "engine/gguf/reader/split_name.h"
#include "tests/engine/gguf/gguf_bytes.h"
#include "tests/support/test_main.h"

using namespace deepwell::engine;
using namespace deepwell::tests;

// Models in several files: opened from any of them, and only when all belong together.
class SplitTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> folder_;

    std::filesystem::path folder() const { return folder_->path().toStdString(); }

    std::filesystem::path part(int number, int count = 3) const {
        return folder() / QString::asprintf("model-%05d-of-%05d.gguf", number, count).toStdString();
    }

    static std::string u16(std::uint16_t number) { return little_endian(number); }

    // The keys of one part; part 0 has the architecture too.
    static GgufBytes part_bytes(int no, int count, int tensors) {
        constexpr std::uint32_t kU16 = 2, kI32 = 5;
        GgufBytes file;
        if (no > 0) {
            file.entries.clear();
            file.keys = 0;
        }
        file.add(gguf_entry("split.no", kU16, u16(static_cast<std::uint16_t>(no))));
        file.add(gguf_entry("split.count", kU16, u16(static_cast<std::uint16_t>(count))));
        file.add(gguf_entry("split.tensors.count", kI32, little_endian(tensors)));
        return file;
    }

    void write(int number, const GgufBytes& file, int count = 3) const {
        const std::string bytes = file.bytes();
        std::ofstream(part(number, count), std::ios::binary).write(bytes.data(), std::ssize(bytes));
    }

    // Part 1 has metadata only, the others two tensors each.
    void write_model() const {
        write(1, part_bytes(0, 3, 4));
        write(2, part_bytes(1, 3, 4).add_vector("a", 0).add_vector("b", 32).add_data(64));
        GgufBytes third = part_bytes(2, 3, 4).add_vector("c", 0).add_vector("d", 32);
        third.data = std::string(32, '\3') + std::string(32, '\4');
        write(3, third);
    }

    Error refused() const {
        const auto file = GgufFile::open(part(1));
        return file ? Error{} : file.error();
    }

private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        write_model();
    }

    void any_part_opens_the_whole_model() {
        for (int number = 1; number <= 3; ++number) {
            const auto file = GgufFile::open(part(number));
            QVERIFY2(file, file ? "" : describe(file.error()).c_str());
            QCOMPARE(file->parts().size(), 3u);
            QCOMPARE(file->tensors().size(), 4u);
            QCOMPARE(file->architecture(), std::string_view("qwen2"));
            QCOMPARE(file->find_tensor("d")->part, 2u);
            std::array<std::byte, 32> data{};
            QVERIFY(file->read(*file->find_tensor("d"), 0, data));
            QCOMPARE(data[31], std::byte{4});
            QVERIFY(file->total_size() > 96);
        }
    }

    void missing_parts_are_named() {
        std::filesystem::remove(part(2));
        const Error error = refused();
        QCOMPARE(error.code, ErrorCode::FilePartMissing);
        QVERIFY(error.message.find("model-00002-of-00003.gguf") != std::string::npos);
        QVERIFY(error.message.find("model-00003") == std::string::npos);
        std::filesystem::remove(part(1));
        const auto third = GgufFile::open(part(3));
        QVERIFY(!third);
        QVERIFY(third.error().message.find("model-00001-of-00003.gguf, model-00002") !=
                std::string::npos);
    }

    void a_tensor_in_two_parts_is_refused() {
        write(3, part_bytes(2, 3, 4).add_vector("a", 0).add_vector("d", 32).add_data(64));
        QVERIFY(refused().message.find("tensor a twice") != std::string::npos);
    }

    void parts_that_disagree_are_refused_data() {
        QTest::addColumn<int>("no");
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("tensors");
        QTest::newRow("another place") << 1 << 3 << 4;
        QTest::newRow("place past the count") << 3 << 3 << 4;
        QTest::newRow("another count") << 2 << 4 << 4;
        QTest::newRow("another number of tensors") << 2 << 3 << 5;
    }

    void parts_that_disagree_are_refused() {
        QFETCH(int, no);
        QFETCH(int, count);
        QFETCH(int, tensors);
        write(3,
              part_bytes(no, count, tensors).add_vector("c", 0).add_vector("d", 32).add_data(64));
        const Error error = refused();
        QCOMPARE(error.code, ErrorCode::FileDamaged);
        QVERIFY2(describe(error).find("model-00003-of-00003.gguf") != std::string::npos,
                 describe(error).c_str());
    }

    void the_first_part_must_be_the_first() {
        write(1, part_bytes(1, 3, 4));
        QCOMPARE(refused().code, ErrorCode::FileDamaged);
    }

    void a_wrong_sum_of_tensors_is_refused() {
        write(1, part_bytes(0, 3, 5));
        QVERIFY(refused().message.find("do not belong together") != std::string::npos);
    }

    void a_part_of_another_model_is_refused() {
        write(3, part_bytes(2, 3, 4)
                     .add(gguf_text("general.architecture", "llama"))
                     .add_vector("c", 0)
                     .add_vector("d", 32)
                     .add_data(64));
        QVERIFY(refused().message.find("do not belong together") != std::string::npos);
    }

    void a_damaged_part_says_which() {
        GgufBytes file = part_bytes(2, 3, 4).add_vector("c", 0).add_vector("d", 32).add_data(40);
        write(3, file);
        const Error error = refused();
        QVERIFY(error.message.find("24 bytes of the model file are missing") != std::string::npos);
        QVERIFY(error.context.find("model-00003-of-00003.gguf") != std::string::npos);
    }

    void each_part_has_its_own_alignment() {
        GgufBytes first = part_bytes(0, 3, 4);
        first.add(gguf_entry("general.alignment", 4, little_endian(64u)));
        write(1, first);
        QVERIFY2(GgufFile::open(part(1)), describe(refused()).c_str());
    }

    void a_count_of_one_is_an_ordinary_file() {
        write(1, part_bytes(0, 1, 1).add_vector("a", 0).add_data(32), 1);
        QVERIFY(GgufFile::open(part(1, 1)));
        std::filesystem::rename(part(1, 1), folder() / "any.gguf");
        QVERIFY(GgufFile::open(folder() / "any.gguf"));
    }

    void names_are_read() {
        const auto name = parse_split_name("dir/R1-00002-of-00015.gguf");
        QVERIFY(name);
        QCOMPARE(name->prefix, std::string("R1"));
        QCOMPARE(name->number, 2u);
        QCOMPARE(name->count, 15u);
        QCOMPARE(name->part(1), std::filesystem::path("dir/R1-00001-of-00015.gguf"));
        for (const char* other :
             {"R1.gguf", "R1-00000-of-00002.gguf", "R1-00003-of-00002.gguf", "R1-0001-of-0002.gguf",
              "R1-0000x-of-00002.gguf", "R1-00001-of-00002.bin", "R1-00001_of_00002.gguf"}) {
            QVERIFY2(!parse_split_name(other), other);
        }
    }
};

DEEPWELL_TEST(SplitTest)
#include "split_test.moc"
