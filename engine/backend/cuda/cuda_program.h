// A compiled plan on the card: launches the kernels of kernels/cuda step by step, on one stream.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/backend/cuda/cuda_layout.h"
#include "engine/backend/cuda/device_memory.h"

namespace deepwell::engine {

class CudaProgram : public Program {
public:
    // Allocates what the layout says and uploads the weights. `library` may be empty.
    static Result<std::unique_ptr<Program>> make(const Plan& plan,
                                                 std::shared_ptr<const CudaLayout> layout,
                                                 int device,
                                                 std::shared_ptr<const TensorReader> reader,
                                                 kernels::cuda::OpenMatrixLibrary library,
                                                 const Progress& progress, const StopFlag& stop);
    ~CudaProgram() override;

    Result<void> start(int segment, const Batch& batch, Crossings& crossings,
                       const StopFlag& stop) override;
    Result<void> wait(int segment) override;
    void commit(int tokens) override { length_ += tokens; }
    std::span<const float> logits() const override { return logits_; }
    int length() const override { return length_; }
    void truncate(int length) override { length_ = length; }
    bool queues() const override { return true; }

private:
    CudaProgram(const Plan& plan, std::shared_ptr<const CudaLayout> layout, int device,
                std::shared_ptr<const TensorReader> reader);

    Result<void> allocate();
    Result<void> upload(const Progress& progress, const StopFlag& stop);
    Result<void> upload_matrix(const Weight& weight, std::byte* to);
    Result<void> upload_floats(const Weight& weight, std::byte* to);
    Result<void> upload_rotations();
    Result<void> prepare(const Batch& batch);
    Result<void> copy_crossings(const std::vector<BufferId>& buffers, Crossings& crossings,
                                bool to_card);

    Result<void> run(const Embed& embed);
    Result<void> run(const Norm& norm);
    Result<void> run(const Project& project);
    Result<void> run(const Rotate& rotate);
    Result<void> run(const CacheWrite& write);
    Result<void> run(const Attend& attend);
    Result<void> run(const GatedUnit& unit);
    Result<void> run(const Add& add);
    Result<void> run(const Select& select);
    Result<void> run(const Logits& logits);
    template <class Other>
    Result<void> run(const Other& other);

    // In which forms the input of some products is there already.
    struct Prepared {
        bool units = false;   // int8 units
        bool halves = false;  // halves, for large products
    };
    Result<void> multiply(View in, WeightId weight, WeightId bias, float* out, int out_stride,
                          int rows, Prepared& prepared);
    Result<void> multiply_floats(const kernels::cuda::Product& product, kernels::cuda::DeviceView x,
                                 int rows);
    Result<void> multiply_units(const kernels::cuda::Product& product, kernels::cuda::DeviceView x,
                                int rows, Prepared& prepared);
    void prepare_large_products(kernels::cuda::OpenMatrixLibrary library);
    kernels::cuda::DeviceView view(const View& view) const;
    int rows_of(const View& view) const;
    template <class T = float>
    T* weight_at(WeightId id) const;
    kernels::cuda::DeviceCache cache_at(CacheId id) const;
    Result<void> check(int code) const;

    const Plan& plan_;
    std::shared_ptr<const CudaLayout> layout_;
    int device_;
    std::shared_ptr<const TensorReader> reader_;
    kernels::cuda::StreamHandle stream_ = nullptr;
    DeviceMemory weights_;
    DeviceMemory caches_;
    DeviceMemory workspace_;
    std::optional<kernels::cuda::LargeProducts> large_;  // its library goes before the memory

    int length_ = 0;
    Batch batch_;  // while a batch runs
    std::vector<float> embedded_;
    std::vector<float> angles_;
    std::vector<float> logits_memory_;
    std::span<const float> logits_;
};

}  // namespace deepwell::engine
