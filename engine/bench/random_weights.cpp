#include "engine/bench/random_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "kernels/formats/half.h"
#include "kernels/formats/table.h"

namespace deepwell::engine::bench {
namespace {

using kernels::Format;

constexpr std::size_t kPatternBytes = 1 << 20;

// Where a block's half-precision scales lie, and values for them that make weights of a standard
// deviation around 0.02 with a mean near 0.
struct ScalePlace {
    Format format;
    int offset;
    float value;
};
constexpr ScalePlace kScales[] = {
    {Format::Q4_0, 0, 0.004f},     {Format::Q4_1, 0, 0.004f},     {Format::Q4_1, 2, -0.03f},
    {Format::Q5_0, 0, 0.002f},     {Format::Q5_1, 0, 0.002f},     {Format::Q5_1, 2, -0.031f},
    {Format::Q8_0, 0, 0.0003f},    {Format::Q2_K, 80, 0.002f},    {Format::Q2_K, 82, 0.003f},
    {Format::Q3_K, 108, 0.0004f},  {Format::Q4_K, 0, 0.0001f},    {Format::Q4_K, 2, 0.00075f},
    {Format::Q5_K, 0, 0.00007f},   {Format::Q5_K, 2, 0.0011f},    {Format::Q6_K, 208, 0.000015f},
    {Format::IQ2_XXS, 0, 0.0005f}, {Format::IQ2_XS, 0, 0.0005f},  {Format::IQ2_S, 0, 0.0005f},
    {Format::IQ3_XXS, 0, 0.0002f}, {Format::IQ3_S, 0, 0.0002f},   {Format::IQ1_S, 0, 0.003f},
    {Format::IQ4_NL, 0, 0.0003f},  {Format::IQ4_XS, 0, 0.00002f}, {Format::TQ1_0, 52, 0.03f},
    {Format::TQ2_0, 64, 0.03f},
};

void put_half(std::byte* place, float value) {
    const std::uint16_t half = kernels::half_from_float(value);
    std::memcpy(place, &half, sizeof half);
}

std::vector<std::byte> floats_pattern(Format format, float middle, float spread) {
    const auto size = static_cast<std::size_t>(kernels::format_info(format).block_bytes);
    std::vector<std::byte> pattern(kPatternBytes);
    std::mt19937 random(20250120);
    std::uniform_real_distribution<float> around(middle - spread, middle + spread);
    for (std::size_t at = 0; at < pattern.size(); at += size) {
        const float value = around(random);
        if (format == Format::F32) {
            std::memcpy(&pattern[at], &value, 4);
        } else if (format == Format::F16) {
            put_half(&pattern[at], value);
        } else {
            std::uint32_t bits;
            std::memcpy(&bits, &value, 4);
            const auto upper = static_cast<std::uint16_t>(bits >> 16);
            std::memcpy(&pattern[at], &upper, 2);
        }
    }
    return pattern;
}

std::vector<std::byte> codes_pattern(Format format) {
    const auto block = static_cast<std::size_t>(kernels::format_info(format).block_bytes);
    std::vector<std::byte> pattern(kPatternBytes / block * block);
    std::mt19937 random(static_cast<unsigned>(format));
    for (std::byte& byte : pattern) byte = static_cast<std::byte>(random() & 255);
    for (std::size_t at = 0; at < pattern.size(); at += block) {
        for (const ScalePlace& scale : kScales) {
            if (scale.format == format) put_half(&pattern[at + scale.offset], scale.value);
        }
        if (format == Format::MXFP4) pattern[at] = static_cast<std::byte>(121);
        if (format == Format::IQ1_M) {
            // The scale's half is spread over the top nibbles of four words.
            const std::uint16_t half = kernels::half_from_float(0.003f);
            for (std::size_t i = 0; i < 4; ++i) {
                std::byte& top = pattern[at + 48 + 2 * i + 1];
                const auto nibble = static_cast<std::byte>((half >> (4 * i)) & 15);
                top = (top & std::byte{0x0f}) | (nibble << 4);
            }
        }
    }
    return pattern;
}

}  // namespace

RandomWeights::RandomWeights(const ModelDescription& model) {
    std::uint64_t count = 0;
    for (const auto& [name, shape] : model.tensors) {
        const bool norm = name.ends_with("_norm.weight");
        const auto& info = kernels::format_info(shape.format);
        const bool plain = info.block_values == 1;
        const std::string key = fmt::format("{}{}", norm ? "norm " : "", info.name);
        auto [it, fresh] = patterns_.try_emplace(key);
        if (fresh) {
            it->second = norm    ? floats_pattern(shape.format, 1.0f, 0.1f)
                         : plain ? floats_pattern(shape.format, 0.0f, 0.035f)
                                 : codes_pattern(shape.format);
        }
        const std::uint64_t blocks =
            it->second.size() / static_cast<std::uint64_t>(info.block_bytes);
        const std::uint64_t begin =
            (count++ * 7919) % blocks * static_cast<std::uint64_t>(info.block_bytes);
        sources_.emplace(name, Source{&it->second, begin});
    }
}

Result<void> RandomWeights::read(std::string_view tensor, std::uint64_t offset,
                                 std::span<std::byte> out) const {
    const auto found = sources_.find(tensor);
    if (found == sources_.end()) {
        return fail(ErrorCode::Internal, fmt::format("No made-up tensor {}.", tensor));
    }
    const std::vector<std::byte>& pattern = *found->second.pattern;
    std::uint64_t at = (found->second.begin + offset) % pattern.size();
    for (std::size_t done = 0; done < out.size();) {
        const std::size_t count = std::min<std::size_t>(out.size() - done, pattern.size() - at);
        std::memcpy(out.data() + done, pattern.data() + at, count);
        done += count;
        at = 0;
    }
    return {};
}

}  // namespace deepwell::engine::bench
