#include "engine/gguf/file.h"

#include <unistd.h>

#include <array>
#include <limits>

#include "engine/gguf/writer.h"
#include "tests/support/test_main.h"
#include "tests/support/test_paths.h"

using namespace deepwell::engine;

namespace {

std::span<const std::byte> bytes_of(const auto& values) {
    return std::as_bytes(std::span(values));
}

}  // namespace

// What is written is read again, value by value; reading while a file shrinks is an error.
class FileTest : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

    // Two tensors: 4 x 2 F32 numbered from 0, and one row of Q8_0.
    std::filesystem::path write_model(const char* name) const {
        GgufWriter writer;
        writer.metadata().set("general.architecture", Value::of_string("qwen2"));
        writer.metadata().set("qwen2.block_count", Value::of_u32(3));
        if (!writer.add_tensor("a.weight", 0, std::array<std::uint64_t, 2>{4, 2})) return {};
        if (!writer.add_tensor("b.weight", 8, std::array<std::uint64_t, 1>{32})) return {};
        const std::array<float, 8> a = {0, 1, 2, 3, 4, 5, 6, 7};
        const std::array<std::uint8_t, 34> b = {7, 7};
        if (!writer.begin(path(name)) || !writer.append(bytes_of(a)) ||
            !writer.append(bytes_of(b)) || !writer.finish()) {
            return {};
        }
        return path(name);
    }

private slots:
    void every_value_type_comes_back() {
        GgufWriter writer;
        Metadata& metadata = writer.metadata();
        metadata.set("general.architecture", Value::of_string("qwen2"));
        metadata.set("u8", Value::of_u8(255));
        metadata.set("i8", Value::of_i8(-128));
        metadata.set("u16", Value::of_u16(65535));
        metadata.set("i16", Value::of_i16(-32768));
        metadata.set("u32", Value::of_u32(4294967295u));
        metadata.set("i32", Value::of_i32(-5));
        metadata.set("u64", Value::of_u64(std::numeric_limits<std::uint64_t>::max()));
        metadata.set("i64", Value::of_i64(std::numeric_limits<std::int64_t>::min()));
        metadata.set("f32", Value::of_f32(1e-6f));
        metadata.set("f64", Value::of_f64(0.1));
        metadata.set("yes", Value::of_bool(true));
        metadata.set("text", Value::of_string(std::string("a\0ü", 4)));
        metadata.set("texts", Value::of_strings(std::array<std::string, 3>{"x", "", "yz"}));
        metadata.set("none", Value::of_strings({}));
        metadata.set("numbers", Value::of_i32s(std::array<std::int32_t, 3>{1, -2, 3}));
        metadata.set("flags", Value::of_bools(std::array<bool, 2>{false, true}));
        QVERIFY(writer.begin(path("values.gguf")) && writer.finish());

        const auto file = GgufFile::open(path("values.gguf"));
        QVERIFY2(file, file ? "" : describe(file.error()).c_str());
        const Metadata& read = file->metadata();
        QCOMPARE(read.entries().size(), metadata.entries().size());
        QCOMPARE(read.unsigned_value("u8").value(), 255u);
        QCOMPARE(read.find("i8")->as_signed().value(), -128);
        QCOMPARE(read.unsigned_value("u16").value(), 65535u);
        QCOMPARE(read.find("i16")->as_signed().value(), -32768);
        QCOMPARE(read.unsigned_value("u32").value(), 4294967295u);
        QCOMPARE(read.find("i32")->as_signed().value(), -5);
        QCOMPARE(read.unsigned_value("u64").value(), std::numeric_limits<std::uint64_t>::max());
        QCOMPARE(read.find("i64")->as_signed().value(), std::numeric_limits<std::int64_t>::min());
        QCOMPARE(read.double_value("f32").value(), double(1e-6f));
        QCOMPARE(read.double_value("f64").value(), 0.1);
        QCOMPARE(read.bool_value("yes").value(), true);
        QCOMPARE(read.string_value("text").value(), std::string_view("a\0ü", 4));
        std::vector<std::string> texts;
        for (const std::string_view text : read.find("texts")->strings()) {
            texts.emplace_back(text);
        }
        QCOMPARE(texts, (std::vector<std::string>{"x", "", "yz"}));
        QCOMPARE(read.find("none")->strings().size(), 0u);
        QCOMPARE(read.find("numbers")->as_signeds().value(), (std::vector<std::int64_t>{1, -2, 3}));
        QCOMPARE(read.find("flags")->as_bools().value(), (std::vector<bool>{false, true}));
        QCOMPARE(read.find("texts")->describe(), std::string("[string x 3: \"x\", \"\", \"yz\"]"));
    }

    void an_integer_key_takes_every_width_that_fits() {
        Metadata metadata;
        for (const Value& value :
             {Value::of_u8(7), Value::of_i8(7), Value::of_u16(7), Value::of_i16(7),
              Value::of_u32(7), Value::of_i32(7), Value::of_u64(7), Value::of_i64(7)}) {
            metadata.set("key", value);
            QCOMPARE(metadata.unsigned_value("key").value(), 7u);
        }
        for (const Value& value : {Value::of_i32(-1), Value::of_f32(7), Value::of_string("7")}) {
            metadata.set("key", value);
            const auto read = metadata.unsigned_or("key", 3);
            QVERIFY(!read);
            QCOMPARE(read.error().code, ErrorCode::FileDamaged);
            QVERIFY(read.error().message.find("entry key") != std::string::npos);
        }
        QCOMPARE(metadata.unsigned_or("other", 3).value(), 3u);
        QVERIFY(metadata.unsigned_value("other").error().message.find("other") !=
                std::string::npos);
    }

    void a_per_layer_key_is_one_number_or_one_a_layer() {
        Metadata metadata;
        metadata.set("one", Value::of_u32(5));
        metadata.set("all", Value::of_i32s(std::array<std::int32_t, 3>{1, 2, 3}));
        QCOMPARE(metadata.per_layer("one", 3).value(), (std::vector<std::uint64_t>{5, 5, 5}));
        QCOMPARE(metadata.per_layer("all", 3).value(), (std::vector<std::uint64_t>{1, 2, 3}));
        QVERIFY(!metadata.per_layer("all", 2));
    }

    void tensors_are_found_and_read_in_pieces() {
        const auto file = GgufFile::open(write_model("model.gguf"));
        QVERIFY2(file, file ? "" : describe(file.error()).c_str());
        QCOMPARE(file->architecture(), std::string_view("qwen2"));
        QCOMPARE(file->version(), 3u);
        QCOMPARE(file->tensors().size(), 2u);
        const TensorInfo* a = file->find_tensor("a.weight");
        QVERIFY(a != nullptr);
        QCOMPARE(a->rows(), 2u);
        QCOMPARE(a->row_bytes(), 16u);
        std::array<float, 3> some{};
        QVERIFY(file->read(*a, 12, std::as_writable_bytes(std::span(some))));
        QCOMPARE(some, (std::array<float, 3>{3, 4, 5}));
        const TensorInfo* b = file->find_tensor("b.weight");
        QCOMPARE(b->bytes, 34u);
        QCOMPARE(b->offset % 32, 0u);
        QVERIFY(b->format() == deepwell::kernels::Format::Q8_0);
        const auto past = file->read(*a, 24, std::as_writable_bytes(std::span(some)));
        QCOMPARE(past.error().code, ErrorCode::InvalidArgument);
        QVERIFY(file->find_tensor("c.weight") == nullptr);
        QVERIFY(file->check_unchanged());
    }

    void a_file_that_is_cut_off_while_in_use_is_an_error() {
        const auto name = write_model("cut.gguf");
        const auto file = GgufFile::open(name);
        QVERIFY(file);
        const TensorInfo* b = file->find_tensor("b.weight");
        std::array<std::byte, 34> row{};
        QVERIFY(file->read(*b, 0, row));
        QCOMPARE(::truncate(name.c_str(), static_cast<off_t>(b->offset + 10)), 0);
        const auto read = file->read(*b, 0, row);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::FileDamaged);
        QVERIFY(read.error().context.find("b.weight") != std::string::npos);
        QVERIFY(!file->check_unchanged());
    }

    void a_file_that_is_removed_while_in_use_is_still_read() {
        const auto name = write_model("removed.gguf");
        const auto file = GgufFile::open(name);
        QVERIFY(file);
        std::filesystem::remove(name);
        std::array<std::byte, 34> row{};
        QVERIFY(file->read(*file->find_tensor("b.weight"), 0, row));
        QCOMPARE(row[1], std::byte{7});
    }

    void a_file_that_ends_right_after_its_last_tensor_opens() {
        const auto name = write_model("short.gguf");
        const auto size = std::filesystem::file_size(name);
        std::filesystem::resize_file(name, size - 30);  // the padding behind 34 bytes
        QVERIFY(GgufFile::open(name));
    }

    void vocabularies_open() {
        DEEPWELL_NEEDS_SHARED();
        int opened = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(deepwell::tests::shared_dir() / "facts/vocab")) {
            if (entry.path().extension() != ".gguf") continue;
            const auto file = GgufFile::open(entry.path());
            QVERIFY2(file, file ? "" : describe(file.error()).c_str());
            QCOMPARE(file->tensors().size(), 0u);
            QVERIFY(file->metadata().find("tokenizer.ggml.tokens")->size() > 32000);
            ++opened;
        }
        QCOMPARE(opened, 8);
    }
};

DEEPWELL_TEST(FileTest)
#include "file_test.moc"
