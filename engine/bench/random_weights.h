// Made-up tensors: random codes with scales that keep activations of ordinary size, made in place
// as they are read, the same for the same tensor and offset.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/backend/tensor_reader.h"
#include "engine/models/model_description.h"

namespace deepwell::engine::bench {

class RandomWeights final : public TensorReader {
public:
    explicit RandomWeights(const ModelDescription& model);

    Result<void> read(std::string_view tensor, std::uint64_t offset,
                      std::span<std::byte> out) const override;

private:
    struct Source {
        const std::vector<std::byte>* pattern = nullptr;  // repeated over and over
        std::uint64_t begin = 0;                          // where this tensor starts in it
    };
    std::map<std::string, std::vector<std::byte>> patterns_;
    std::map<std::string, Source, std::less<>> sources_;
};

}  // namespace deepwell::engine::bench
