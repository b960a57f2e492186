#include "tests/engine/gguf/hostile_files.h"

#include <limits>

#include "tests/engine/gguf/gguf_bytes.h"

namespace deepwell::tests {
namespace {

using engine::ErrorCode;

constexpr std::uint32_t kU8 = 0, kU16 = 2, kU32 = 4, kF32 = 6, kBool = 7, kString = 8, kArray = 9,
                        kU64 = 10;
constexpr std::uint32_t kTypeF32 = 0, kTypeQ8_0 = 8, kTypeQ4_K = 12;
constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

std::string u32(std::uint32_t number) {
    return little_endian(number);
}
std::string u64(std::uint64_t number) {
    return little_endian(number);
}

std::string dims(std::initializer_list<std::uint64_t> numbers) {
    std::string bytes;
    for (const std::uint64_t number : numbers) bytes += u64(number);
    return bytes;
}

std::string array(std::uint32_t element, std::uint64_t count, std::string_view bytes = "") {
    return u32(element) + u64(count) + std::string(bytes);
}

// Arrays in arrays, `depth` of them.
std::string nested(int depth) {
    std::string bytes;
    for (int i = 1; i < depth; ++i) bytes += array(kArray, 1);
    return bytes + array(kU8, 1, "x");
}

std::string cut(const GgufBytes& file, std::size_t missing) {
    const std::string bytes = file.bytes();
    return bytes.substr(0, bytes.size() - missing);
}

GgufBytes with(std::string_view entry) {
    return GgufBytes().add(entry);
}

GgufBytes with_tensor(const std::string& shape, std::uint32_t count, std::uint32_t type = kTypeF32,
                      std::uint64_t offset = 0) {
    return GgufBytes().add_tensor("a.weight", shape, count, type, offset).add_data(64);
}

GgufBytes without_architecture() {
    GgufBytes file;
    file.entries.clear();
    file.keys = 0;
    return file;
}

void add_signatures(std::vector<HostileFile>& files) {
    const auto add = [&](const char* name, std::string bytes, ErrorCode code, const char* says) {
        files.push_back({name, std::move(bytes), code, says});
    };
    const auto version = [](std::uint32_t number) {
        GgufBytes file;
        file.version = number;
        return file.bytes();
    };
    const auto text = [](std::string front) {
        front.resize(64, ' ');
        return front;
    };
    add("no bytes", "", ErrorCode::NotAModelFile, "empty");
    add("the magic alone", "GGUF", ErrorCode::FileDamaged, "too early");
    add("23 bytes", GgufBytes().bytes().substr(0, 23), ErrorCode::FileDamaged, "23 bytes");
    add("one letter", "G", ErrorCode::FileDamaged, "too early");
    add("another magic", text("ABCD"), ErrorCode::NotAModelFile, "41 42 43 44");
    add("ggml", text("lmgg"), ErrorCode::NotAModelFile, "before GGUF");
    add("ggjt", text("tjgg"), ErrorCode::NotAModelFile, "before GGUF");
    add("ggla", text("algg"), ErrorCode::NotAModelFile, "before GGUF");
    add("a web page", text("<!DOCTYPE html>"), ErrorCode::NotAModelFile, "web page");
    add("a JSON answer", text("{\"error\": 404}"), ErrorCode::NotAModelFile, "web page");
    add("a Git LFS pointer", text("version https://git-lfs.github.com/spec/v1"),
        ErrorCode::NotAModelFile, "Git LFS");
    add("an archive", text("PK\x03\x04"), ErrorCode::NotAModelFile, "archive");
    add("zeros", std::string(4096, '\0'), ErrorCode::NotAModelFile, "only zeros");
    add("version 0", version(0), ErrorCode::FileDamaged, "version 0");
    add("version 1", version(1), ErrorCode::FileTooOld, "version 1");
    add("version 4", version(4), ErrorCode::FileTooNew, "newer");
    add("byte-swapped version", version(0x03000000), ErrorCode::UnsupportedFormat, "big-endian");
}

void add_counts(std::vector<HostileFile>& files) {
    const auto add = [&](const char* name, std::uint64_t keys, std::uint64_t tensors,
                         const char* says) {
        GgufBytes file;
        file.keys = keys;
        file.tensors = tensors;
        files.push_back({name, file.bytes(), ErrorCode::FileDamaged, says});
    };
    add("2^63 keys", std::uint64_t{1} << 63, 0, "more entries");
    add("2^64-1 keys", kMax, 0, "more entries");
    add("a few keys too many", 3, 0, "too early");
    add("2^63 tensors", 1, std::uint64_t{1} << 63, "more tensors");
    add("2^59 tensors", 1, (std::uint64_t{1} << 59) + 1, "more tensors");
    add("one tensor too many", 1, 1, "more tensors");
}

void add_keys(std::vector<HostileFile>& files) {
    const auto add = [&](const char* name, std::string bytes, const char* says) {
        files.push_back({name, std::move(bytes), ErrorCode::FileDamaged, says});
    };
    add("an empty key", with(gguf_text("", "x")).bytes(), "without a name");
    add("a key of 2^64-1 bytes", with(u64(kMax) + u32(kU8) + "xxxxxxxx").bytes(), "longer name");
    add("a key of 2^63 bytes", with(u64(std::uint64_t{1} << 63) + std::string(20, 'x')).bytes(),
        "longer name");
    add("a key of 65536 bytes",
        with(gguf_entry(std::string(65536, 'k'), kU8, "x") + std::string(64, 'x')).bytes(),
        "longer name");
    add("a key twice", with(gguf_text("general.architecture", "llama")).bytes(),
        "general.architecture twice");
    add("a key that is no UTF-8", with(gguf_text("a\xFF", "x")).bytes(), "not valid text");
    add("a key in half a character", with(gguf_text("a\xE4\xB8", "x")).bytes(), "not valid text");
    add("value type 13", with(gguf_entry("key", 13, "xxxxxxxx")).bytes(), "value type (13)");
    add("value type 2^32-1", with(gguf_entry("key", 0xFFFFFFFF, "xxxxxxxx")).bytes(), "value type");
    add("cut in a key", cut(with(gguf_text("long.long.key", "x")), 15), "longer name");
    add("cut in a value type", cut(with(gguf_entry("key", kU32, u32(1))), 6), "too early");
    add("cut in a number", cut(with(gguf_entry("key", kU64, u64(1))), 3), "longer list");
    add("cut in a string", cut(with(gguf_text("key", "some text")), 3), "longer text");
    add("cut in a string's length", cut(with(gguf_text("key", "")), 3), "too early");
    add("a string of 2^64-1 bytes", with(gguf_entry("key", kString, u64(kMax))).bytes(),
        "longer text");
    add("a string of 2^63 bytes",
        with(gguf_entry("key", kString, u64(std::uint64_t{1} << 63) + "xxxx")).bytes(),
        "longer text");
    add("a bool of 2", with(gguf_entry("key", kBool, "\2")).bytes(), "neither");
    add("an array of unknown type", with(gguf_entry("key", kArray, array(99, 1, "x"))).bytes(),
        "value type (99)");
    add("an array of 2^62 numbers",
        with(gguf_entry("key", kArray, array(kU32, std::uint64_t{1} << 62, "xxxx"))).bytes(),
        "longer list");
    add("an array of 2^61 doubles",
        with(gguf_entry("key", kArray, array(kU64, std::uint64_t{1} << 61, "xxxx"))).bytes(),
        "longer list");
    add("an array one number too long",
        with(gguf_entry("key", kArray, array(kU32, 3, u32(1) + u32(2)))).bytes(), "longer list");
    add("an array of 2^61 strings",
        with(gguf_entry("key", kArray, array(kString, std::uint64_t{1} << 61, "xxxx"))).bytes(),
        "longer list");
    add("an array whose string is too long",
        with(gguf_entry("key", kArray, array(kString, 1, u64(kMax - 7)))).bytes(), "longer text");
    add("an array cut in its second string",
        with(gguf_entry("key", kArray, array(kString, 2, gguf_string("text")) + "xxxxxxx")).bytes(),
        "too early");
    add("a bool of 7 in an array", with(gguf_entry("key", kArray, array(kBool, 2, "\1\7"))).bytes(),
        "neither");
    add("arrays in arrays, 9 deep", with(gguf_entry("key", kArray, nested(9))).bytes(),
        "too deeply");
    add("arrays in arrays, 10000 deep", with(gguf_entry("key", kArray, nested(10000))).bytes(),
        "too deeply");
    add("an array of 2^40 arrays",
        with(gguf_entry("key", kArray, array(kArray, std::uint64_t{1} << 40, "xxxx"))).bytes(),
        "longer list");
}

void add_general(std::vector<HostileFile>& files) {
    const auto add = [&](const char* name, const GgufBytes& file, ErrorCode code,
                         const char* says) {
        files.push_back({name, file.bytes(), code, says});
    };
    add("no architecture", without_architecture().add(gguf_text("general.name", "x")),
        ErrorCode::FileDamaged, "general.architecture");
    add("an architecture that is a number",
        without_architecture().add(gguf_entry("general.architecture", kU32, u32(1))),
        ErrorCode::FileDamaged, "must be a text");
    add("an empty architecture", without_architecture().add(gguf_text("general.architecture", "")),
        ErrorCode::FileDamaged, "does not name");
    for (const char* type : {"adapter", "mmproj", "imatrix"}) {
        add(type, with(gguf_text("general.type", type)), ErrorCode::NotAModelFile, type);
    }
    const auto alignment = [](std::uint32_t type, const std::string& value) {
        return with(gguf_entry("general.alignment", type, value));
    };
    add("alignment 0", alignment(kU32, u32(0)), ErrorCode::FileDamaged, "power of two");
    add("alignment 3", alignment(kU32, u32(3)), ErrorCode::FileDamaged, "power of two");
    add("alignment 2^31", alignment(kU32, u32(1u << 31)), ErrorCode::FileDamaged, "power of two");
    add("alignment 2^17", alignment(kU32, u32(1u << 17)), ErrorCode::FileDamaged, "power of two");
    add("alignment as a float", alignment(kF32, u32(0x42000000)), ErrorCode::FileDamaged,
        "power of two");
    add("alignment as a text", with(gguf_text("general.alignment", "32")), ErrorCode::FileDamaged,
        "power of two");
    add("alignment as u64", alignment(kU64, u64(32)), ErrorCode::FileDamaged, "power of two");
    const auto quantized = [](std::uint32_t version) {
        return with(gguf_entry("general.quantization_version", kU32, u32(version)))
            .add_tensor("a.weight", dims({32}), 1, kTypeQ8_0, 0)
            .add_data(34);
    };
    add("quantization version 1", quantized(1), ErrorCode::FileTooOld, "too old");
    add("quantization version 3", quantized(3), ErrorCode::FileTooNew, "newer");
    add("split in a file of another name",
        with(gguf_entry("split.count", kU16, u32(3).substr(0, 2))), ErrorCode::FilePartMissing,
        "-00001-of-00003.gguf");
    add("split.count as a text", with(gguf_text("split.count", "3")), ErrorCode::FileDamaged,
        "split.count");
}

void add_tensors(std::vector<HostileFile>& files) {
    const auto add = [&](const char* name, const GgufBytes& file, const char* says,
                         ErrorCode code = ErrorCode::FileDamaged) {
        files.push_back({name, file.bytes(), code, says});
    };
    const auto named = [](std::string_view name) {
        return GgufBytes().add_vector(name, 0).add_data(32);
    };
    add("a tensor without a name", named(""), "empty or too long");
    add("a name of 64 bytes", named(std::string(64, 'n')), "empty or too long");
    add("a name with a NUL", named(std::string_view("a\0b", 3)), "name is not valid");
    add("a name with a slash", named("../a"), "name is not valid");
    add("a name that is no UTF-8", named("a\xC0\x80"), "name is not valid");
    add("a tensor twice", GgufBytes().add_vector("a", 0).add_vector("a", 32).add_data(64),
        "tensor a twice");
    add("no dimensions", with_tensor("", 0).add_data(64), "0 dimensions");
    add("5 dimensions", with_tensor(dims({1, 1, 1, 1, 1}), 5), "5 dimensions");
    add("2^31 dimensions", with_tensor(dims({1}), 1u << 31), "dimensions");
    add("a dimension of 0", with_tensor(dims({1, 0}), 2), "dimension 1 is 0");
    add("a dimension of 2^42+1", with_tensor(dims({(std::uint64_t{1} << 42) + 1}), 1),
        "does not fit");
    add("a dimension of 2^64-1", with_tensor(dims({kMax}), 1), "does not fit");
    add("dimensions whose product wraps to 0",
        with_tensor(dims({std::uint64_t{1} << 32, std::uint64_t{1} << 32}), 2), "does not fit");
    add("dimensions whose product wraps to a small number",
        with_tensor(dims({std::uint64_t{1} << 40, std::uint64_t{1} << 24, 1, 1}), 4),
        "does not fit");
    add("bytes that wrap", with_tensor(dims({std::uint64_t{1} << 31, std::uint64_t{1} << 31}), 2),
        "does not fit");
    add("a row of 40 values in blocks of 32", with_tensor(dims({40}), 1, kTypeQ8_0),
        "blocks of 32");
    add("a row of 32 values in blocks of 256", with_tensor(dims({32, 8}), 2, kTypeQ4_K),
        "blocks of 256");
    for (const std::uint32_t type : {4u, 5u, 31u, 33u, 36u, 38u}) {
        add("a removed type", with_tensor(dims({32}), 1, type), "type ", ErrorCode::FileTooOld);
    }
    add("a type of activations", with_tensor(dims({32}), 1, 9), "never stands in files");
    add("the other type of activations", with_tensor(dims({256}), 1, 15), "never stands in files");
    add("NVFP4", with_tensor(dims({64}), 1, 40), "NVFP4", ErrorCode::UnsupportedFormat);
    add("type 43", with_tensor(dims({32}), 1, 43), "type 43", ErrorCode::UnsupportedFormat);
    add("type 200", with_tensor(dims({32}), 1, 200), "type 200", ErrorCode::UnsupportedFormat);
    add("type 137", with_tensor(dims({256}), 1, 137), "ik_llama.cpp", ErrorCode::UnsupportedFormat);
    add("type 2^32-1", with_tensor(dims({32}), 1, 0xFFFFFFFF), "type 4294967295",
        ErrorCode::UnsupportedFormat);
    add("an offset that is not aligned", with_tensor(dims({8}), 1, kTypeF32, 8), "not a multiple");
    add("an offset of 2^64-32", with_tensor(dims({8}), 1, kTypeF32, kMax - 31), "does not fit");
    add("a tensor past the end", with_tensor(dims({8}), 1, kTypeF32, 1024), "992 bytes");
    add("no data at all", GgufBytes().add_vector("a", 0), "bytes of the model file are missing");
    add("two tensors in one place", GgufBytes().add_vector("a", 0).add_vector("b", 0).add_data(64),
        "overlap");
    add("two tensors that overlap",
        GgufBytes().add_tensor("a", dims({16}), 1, kTypeF32, 0).add_vector("b", 32).add_data(64),
        "overlap");
    files.push_back({"cut in a tensor's name", cut(GgufBytes().add_vector("a.long.name", 0), 30),
                     ErrorCode::FileDamaged, "more tensors"});
    GgufBytes two = GgufBytes().add_vector("a.long.name", 0).add_vector("b.long.name", 32);
    files.push_back({"cut in a tensor's type", cut(two, 10), ErrorCode::FileDamaged, "too early"});
    files.push_back({"cut in a tensor's offset", cut(two, 1), ErrorCode::FileDamaged, "too early"});
    files.push_back({"cut by one byte of data", cut(GgufBytes().add_vector("a", 0).add_data(32), 1),
                     ErrorCode::FileDamaged, "1 bytes of the model file are missing"});
}

}  // namespace

std::vector<HostileFile> hostile_files() {
    std::vector<HostileFile> files;
    add_signatures(files);
    add_counts(files);
    add_keys(files);
    add_general(files);
    add_tensors(files);
    return files;
}

}  // namespace deepwell::tests
