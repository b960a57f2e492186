// Where everything of a program lies in the card's memory: three arenas (weights, caches,
// workspace), each with the offsets of its parts.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "kernels/cuda/large_product.h"

namespace deepwell::engine {

struct CudaLayout : LayoutDetails {
    Limits limits;
    std::vector<Segment> segments;

    std::map<WeightId, std::uint64_t> weights;  // those that lie on the card
    std::map<WeightId, bool> as_floats;         // norms and biases: decoded to float32
    std::vector<std::uint64_t> caches;          // by CacheId
    std::map<BufferId, std::uint64_t> buffers;
    std::map<RotationId, std::uint64_t> rotation_tables;  // of those that the card turns by
    std::uint64_t code_books = 0;                         // among the weights
    std::uint64_t activations = 0;                        // quantized input of a product
    bool large_products = false;  // memory for them is there (large_product.h)
    std::uint64_t large_weights = 0;
    std::uint64_t large_activations = 0;
    std::uint64_t large_scales = 0;
    std::uint64_t library = 0;
    std::uint64_t wanted = 0;  // the rows asked for
    std::uint64_t logits = 0;

    std::uint64_t weight_bytes = 0;
    std::uint64_t cache_bytes = 0;
    std::uint64_t workspace_bytes = 0;
    std::uint64_t staging_bytes = 0;
    int vocabulary = 0;
    bool has_logits = false;
};

// Errors: UnsupportedStep.
// `library`: there may be a library for large products, which then gets its memory.
Result<std::shared_ptr<CudaLayout>> lay_out_for_card(const Plan& plan,
                                                     std::span<const Segment> segments,
                                                     const Limits& limits, bool library);

// The cache of a layer as kernels see it, without its memory.
kernels::cuda::DeviceCache device_cache(const CacheSpec& spec, const Limits& limits);

// Rows of the weight that are uploaded at a time.
std::int64_t rows_a_chunk(const Weight& weight);

}  // namespace deepwell::engine
