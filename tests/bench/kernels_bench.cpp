// Speed of the CPU products, format by format and instruction set by instruction set.
//
//   deepwell_bench_kernels [threads] [format, "attend" or instruction set ...]
//
// Each figure is the best of several short runs, and the read bandwidth is measured between them,
// so that a busy machine disturbs the ratio as little as it can.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "kernels/cpu/activations.h"
#include "kernels/cpu/attention.h"
#include "kernels/cpu/matrix_product.h"
#include "tests/kernels/cpu/random_blocks.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

using namespace deepwell::kernels;
using namespace deepwell::kernels::cpu;

namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

// Seconds that this thread has run.
double thread_time() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Zeroed memory in large pages where the system gives them.
struct Arena {
    explicit Arena(std::size_t bytes) : size((bytes + (2 << 20) - 1) / (2 << 20) * (2 << 20)) {
        data.reset(static_cast<std::byte*>(std::aligned_alloc(2 << 20, size)));
#if defined(__linux__)
        madvise(data.get(), size, MADV_HUGEPAGE);
#endif
        std::memset(data.get(), 0, size);
    }
    struct Free {
        void operator()(std::byte* p) const { std::free(p); }
    };
    std::size_t size;
    std::unique_ptr<std::byte, Free> data;
};

// Bytes a second that all threads read, in runs of 256 kB.
double read_bandwidth(ThreadPool& pool, const Arena& arena, std::size_t bytes) {
    constexpr std::size_t kRun = 256 * 1024;
    std::vector<std::uint64_t> sums(64 * 8);
    const double start = now();
    pool.run_with_thread(static_cast<std::int64_t>(bytes / kRun),
                         [&](std::int64_t run, int thread) {
                             const auto* words = reinterpret_cast<const std::uint64_t*>(
                                 arena.data.get() + static_cast<std::size_t>(run) * kRun);
                             std::uint64_t a[8] = {};
                             for (std::size_t i = 0; i < kRun / 8; i += 8) {
                                 for (std::size_t k = 0; k < 8; ++k) a[k] ^= words[i + k];
                             }
                             for (std::size_t k = 0; k < 8; ++k)
                                 sums[static_cast<std::size_t>(thread % 64) * 8] ^= a[k];
                         });
    return static_cast<double>(bytes) / (now() - start);
}

constexpr std::int64_t kColumns = 4096;

void bench_format(ThreadPool& pool, Isa isa, const FormatInfo& info, bool int8) {
    // As many rows as make 128 MB, four times the last cache.
    const std::int64_t bytes_a_row = row_bytes(info.format, kColumns);
    const std::int64_t rows = (128 << 20) / bytes_a_row / 16 * 16;
    std::mt19937 random(1);
    const auto sample = deepwell::tests::random_rows(info.format, 64, kColumns, random);
    Arena arena(packed_bytes(info.format, rows, kColumns));
    for (std::int64_t r = 0; r < rows; r += 64) {
        pack_rows(info.format, rows, kColumns, sample.data(), r,
                  std::min<std::int64_t>(64, rows - r), arena.data.get());
    }
    const Matrix weights{info.format, Home::packed, rows, kColumns, arena.data.get()};
    const int kTokens = 128;
    const auto x = deepwell::tests::random_activations(kTokens * kColumns, random);
    Arena quantized(kTokens * quantized_row_bytes(kColumns));
    quantize_rows(isa, x.data(), kColumns, kColumns, kTokens, quantized.data.get());
    std::vector<float> out(static_cast<std::size_t>(kTokens * rows));
    Activations input;
    input.values = x.data();
    input.stride = kColumns;
    if (int8) input.quantized = quantized.data.get();

    double read = 0, product = 0;
    const auto bytes = static_cast<std::size_t>(rows * bytes_a_row);
    for (int run = 0; run < 7; ++run) {
        read = std::max(read, read_bandwidth(pool, arena, bytes));
        input.tokens = 1;
        const ProductPart part{weights, {out.data(), rows, nullptr, false}};
        const double start = now();
        multiply(isa, pool, {&part, 1}, input, {});
        product = std::max(product, static_cast<double>(bytes) / (now() - start));
    }
    // One thread: 128 rows again and again, then 512 rows with many tokens.
    double cached = 0, many = 0;
    for (int run = 0; run < 7; ++run) {
        input.tokens = 1;
        double start = thread_time();
        for (int again = 0; again < 20; ++again) {
            multiply(isa, weights, input, 0, 128, {out.data(), rows, nullptr, false});
        }
        cached =
            std::max(cached, 20 * 128 * static_cast<double>(bytes_a_row) / (thread_time() - start));
        input.tokens = kTokens;
        start = thread_time();
        multiply(isa, weights, input, 0, 256, {out.data(), rows, nullptr, false});
        many = std::max(many, 256.0 * kColumns * kTokens / (thread_time() - start));
    }
    const double weights_a_byte = static_cast<double>(kColumns) / static_cast<double>(bytes_a_row);
    std::printf(
        "%-8s %-7s %-5s %6.1f GB/s %4.0f %% of %5.1f %6.1f G weights/s | "
        "cached %6.1f GB/s %6.1f G weights/s | %6.1f G MAC/s\n",
        info.name, isa_name(isa), int8 ? "int8" : "float", product * 1e-9, 100 * product / read,
        read * 1e-9, product * weights_a_byte * 1e-9, cached * 1e-9, cached * weights_a_byte * 1e-9,
        many * 1e-9);
    std::fflush(stdout);
}

void bench_attention(ThreadPool& pool, Isa isa, CacheType type, const char* name) {
    // The shape of an 8B model: 32 heads, 8 KV heads, 128 wide, 8,192 slots.
    const CacheShape shape{type, 8, 128, 128, false, 8192};
    Arena cache(cache_bytes(shape));
    std::mt19937 random(2);
    const auto row = deepwell::tests::random_activations(8 * 128, random);
    for (int slot = 0; slot < 8192; ++slot) {
        write_cache(shape, cache.data.get(), slot, 1, row.data(), 1024, row.data(), 1024);
    }
    const auto q = deepwell::tests::random_activations(64 * 32 * 128, random);
    std::vector<float> out(q.size());
    Arena scratch(attention_scratch_bytes(shape, 32, 64, pool.threads()));
    AttentionInput input;
    input.shape = shape;
    input.cache = cache.data.get();
    input.heads = 32;
    input.q = {q.data(), 128, 32 * 128, 128};
    input.out = out.data();
    input.out_stride = 32 * 128;
    input.scale = 0.088;
    ThreadPool alone(1);
    double one = 0, many = 0, read = 0, own = 0;
    const auto bytes = static_cast<double>(cache_bytes(shape));
    for (int run = 0; run < 7; ++run) {
        read = std::max(read, read_bandwidth(pool, cache, cache_bytes(shape) >> 18 << 18));
        input.tokens = 1;
        input.first_slot = 8191;
        double start = now();
        attend(isa, pool, input, scratch.data.get(), {});
        one = std::max(one, bytes / (now() - start));
        start = thread_time();
        attend(isa, alone, input, scratch.data.get(), {});
        own = std::max(own, bytes / (thread_time() - start));
        input.tokens = 64;
        input.first_slot = 448;
        start = thread_time();
        attend(isa, alone, input, scratch.data.get(), {});
        many = std::max(many, 64.0 * 32 * 480 * 256 / (thread_time() - start));
    }
    std::printf(
        "attend   %-7s %-5s %6.1f GB/s %4.0f %% of %5.1f | alone  %6.1f GB/s | %6.1f G MAC/s\n",
        isa_name(isa), name, one * 1e-9, 100 * one / read, read * 1e-9, own * 1e-9, many * 1e-9);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    ThreadPool pool(argc > 1 ? std::atoi(argv[1]) : 0);
    const std::vector<std::string> only(argv + std::min(argc, 2), argv + argc);
    const auto wanted = [&](const char* name) {
        const auto is_isa = [](const std::string& word) {
            return word == "avx512" || word == "avx2" || word == "scalar";
        };
        return std::all_of(only.begin(), only.end(), is_isa) ||
               std::find(only.begin(), only.end(), name) != only.end();
    };
    std::printf("%d threads; rows of %lld; many = 128 tokens\n", pool.threads(),
                static_cast<long long>(kColumns));
    const auto named = [&](const std::string& name) {
        return std::find(only.begin(), only.end(), name) != only.end();
    };
    const bool some_isa = named("avx512") || named("avx2") || named("scalar");
    for (const Isa isa : {Isa::avx512, Isa::avx2, Isa::scalar}) {
        if (!isa_available(isa)) continue;
        if (some_isa ? !named(isa_name(isa)) : isa == Isa::scalar) continue;
        for (const FormatInfo& info : kFormats) {
            if (!wanted(info.name)) continue;
            const bool int8 = activation_kind(info.format) == ActivationKind::int8;
            bench_format(pool, isa, info, int8);
            if (info.format == Format::MXFP4 || info.format == Format::Q8_0) {
                bench_format(pool, isa, info, false);
            }
        }
        if (wanted("attend")) {
            bench_attention(pool, isa, CacheType::F16, "F16");
            bench_attention(pool, isa, CacheType::Q8_0, "Q8_0");
            bench_attention(pool, isa, CacheType::F32, "F32");
        }
    }
    return 0;
}
