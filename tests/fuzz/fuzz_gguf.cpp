// Any bytes as a model file: opened, every tensor read, the tokenizer made.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "engine/gguf/file.h"
#include "engine/gguf/writer.h"
#include "engine/tokenizer/tokenizer.h"
#include "tests/engine/gguf/hostile_files.h"
#include "tests/fuzz/corpus.h"

using namespace deepwell::engine;

namespace {

// A file in memory that is opened like any other.
class MemoryFile {
public:
    MemoryFile() : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
        if (descriptor_ < 0) std::abort();
    }
    ~MemoryFile() { ::close(descriptor_); }

    void write(const std::uint8_t* data, std::size_t size) const {
        if (::ftruncate(descriptor_, 0) != 0) std::abort();
        if (::pwrite(descriptor_, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
    }
    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

private:
    int descriptor_;
};

void use(const GgufFile& file) {
    for (const TensorInfo& tensor : file.tensors()) {
        std::array<std::byte, 64> some{};
        const std::size_t size = std::min<std::uint64_t>(some.size(), tensor.bytes);
        if (!file.read(tensor, tensor.bytes - size, std::span(some).first(size))) std::abort();
        if (describe(tensor).empty()) std::abort();
    }
    for (const Metadata::Entry& entry : file.metadata().entries()) {
        if (entry.value.describe().empty()) std::abort();
    }
    const auto tokenizer = Tokenizer::from_metadata(file.metadata());
    if (tokenizer) (*tokenizer)->decode((*tokenizer)->encode("some text <think>", Match::all));
}

std::string header_of(const Metadata& metadata) {
    GgufWriter writer;
    writer.metadata() = metadata;
    return writer.header().value_or("");
}

}  // namespace

std::vector<std::string> deepwell::tests::fuzz_corpus() {
    std::vector<std::string> corpus;
    for (const HostileFile& file : hostile_files()) {
        if (file.bytes.size() < 4096) corpus.push_back(file.bytes);
    }
    Metadata metadata;
    metadata.set("general.architecture", Value::of_string("qwen2"));
    metadata.set("tokenizer.ggml.model", Value::of_string("gpt2"));
    metadata.set("tokenizer.ggml.pre", Value::of_string("qwen2"));
    metadata.set("tokenizer.ggml.tokens",
                 Value::of_strings(std::array<std::string, 4>{"a", "b", "ab", "<think>"}));
    metadata.set("tokenizer.ggml.token_type",
                 Value::of_i32s(std::array<std::int32_t, 4>{1, 1, 1, 4}));
    metadata.set("tokenizer.ggml.merges", Value::of_strings(std::array<std::string, 1>{"a b"}));
    metadata.set("tokenizer.ggml.eos_token_id", Value::of_u32(3));
    corpus.push_back(header_of(metadata));
    return corpus;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const MemoryFile memory;
    memory.write(data, size);
    if (const auto file = GgufFile::open(memory.path())) use(*file);
    return 0;
}
