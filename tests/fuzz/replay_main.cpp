// Replays a fuzz target's corpus, each input whole, cut short and with flipped bytes; or, given
// files, those (inputs that a fuzzer found). `--write FOLDER` writes the corpus for libFuzzer.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string_view>

#include "tests/fuzz/corpus.h"

namespace {

void run(const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

int write_corpus(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    int number = 0;
    for (const std::string& input : deepwell::tests::fuzz_corpus()) {
        std::ofstream out(folder / std::to_string(number++), std::ios::binary);
        out.write(input.data(), static_cast<std::streamsize>(input.size()));
        if (!out) return 1;
    }
    return 0;
}

void replay_file(const char* path) {
    std::ifstream in(path, std::ios::binary);
    run(std::string(std::istreambuf_iterator<char>(in), {}));
}

void replay_corpus() {
    constexpr int kVariants = 20;
    std::mt19937 random(1);
    for (const std::string& input : deepwell::tests::fuzz_corpus()) {
        run(input);
        for (int i = 0; i < kVariants && !input.empty(); ++i) {
            run(input.substr(0, random() % input.size()));
            std::string flipped = input;
            flipped[random() % flipped.size()] = static_cast<char>(random());
            run(flipped);
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--write") return write_corpus(argv[2]);
    if (argc == 1) replay_corpus();
    for (int i = 1; i < argc; ++i) replay_file(argv[i]);
    std::puts("replayed");
    return 0;
}
