#include "engine/backend/cuda/cuda_program.h"

#include <cmath>
#include <cstring>
#include <numbers>

#include "engine/backend/activation_choice.h"
#include "kernels/cuda/planes.h"
#include "kernels/formats/table.h"

namespace deepwell::engine {

namespace card = kernels::cuda;

CudaProgram::CudaProgram(const Plan& plan, std::shared_ptr<const CudaLayout> layout, int device,
                         std::shared_ptr<const TensorReader> reader)
    : plan_(plan), layout_(std::move(layout)), device_(device), reader_(std::move(reader)) {}

CudaProgram::~CudaProgram() {
    card::use_device(device_);
    if (stream_ != nullptr) {
        card::synchronize(stream_);
        large_.reset();  // while the card is the one in use
        card::destroy_stream(stream_);
    }
}

Result<std::unique_ptr<Program>> CudaProgram::make(const Plan& plan,
                                                   std::shared_ptr<const CudaLayout> layout,
                                                   int device,
                                                   std::shared_ptr<const TensorReader> reader,
                                                   card::OpenMatrixLibrary library,
                                                   const Progress& progress, const StopFlag& stop) {
    std::unique_ptr<CudaProgram> program(
        new CudaProgram(plan, std::move(layout), device, std::move(reader)));
    if (auto allocated = program->allocate(); !allocated) return fail(allocated.error());
    program->prepare_large_products(std::move(library));
    if (auto uploaded = program->upload(progress, stop); !uploaded) return fail(uploaded.error());
    return program;
}

Result<void> CudaProgram::check(int code) const {
    if (code == 0) return {};
    return fail(ErrorCode::DeviceLost,
                "The graphics card stopped answering. Load the model again, or use the processor.",
                card::error_text(code));
}

Result<void> CudaProgram::allocate() {
    int code = card::use_device(device_);
    if (code == 0) code = card::check_kernels();
    if (code != 0) {
        return fail(
            ErrorCode::DeviceUnavailable,
            "This build of Deepwell does not run on the graphics card or its driver. Update "
            "the driver, or use the processor.",
            card::error_text(code));
    }
    if (auto made = check(card::create_stream(&stream_)); !made) return made;
    for (const auto& [memory, bytes] :
         {std::pair(&weights_, layout_->weight_bytes), std::pair(&caches_, layout_->cache_bytes),
          std::pair(&workspace_, layout_->workspace_bytes)}) {
        auto allocated = DeviceMemory::of(bytes);
        if (!allocated) return fail(allocated.error());
        *memory = std::move(*allocated);
    }
    logits_memory_.resize(static_cast<std::size_t>(layout_->vocabulary) *
                          (layout_->has_logits ? layout_->limits.max_logits : 0));
    return {};
}

void CudaProgram::prepare_large_products(card::OpenMatrixLibrary library) {
    if (!library || !layout_->large_products) return;
    card::LargeProductMemory memory;
    memory.weights = workspace_.at(layout_->large_weights);
    memory.activations = workspace_.at(layout_->large_activations);
    memory.scales = reinterpret_cast<float*>(workspace_.at(layout_->large_scales));
    memory.library = workspace_.at(layout_->library);
    large_.emplace(std::move(library), memory);
}

Result<void> CudaProgram::start(int segment, const Batch& batch, Crossings& crossings,
                                const StopFlag& stop) {
    const Segment& part = layout_->segments[segment];
    if (auto used = check(card::use_device(device_)); !used) return used;
    batch_ = batch;
    if (segment == 0) {
        if (auto prepared = prepare(batch); !prepared) return prepared;
    }
    if (auto copied = copy_crossings(part.inputs, crossings, true); !copied) return copied;
    int layer = -1;
    for (const StepPlace& place : part.steps) {
        if (place.layer != layer) {
            layer = place.layer;
            // A long batch is waited for now and then, so that stopping stays quick.
            if (batch.tokens.size() > 32 && layer % 4 == 0) {
                if (auto waited = check(card::synchronize(stream_)); !waited) return waited;
            }
            if (stop.stop_requested()) {
                card::synchronize(stream_);
                return fail(ErrorCode::Cancelled, "Stopped.");
            }
        }
        const Step& step = plan_.layers[place.layer].steps[place.step];
        auto ran = std::visit([this](const auto& action) { return run(action); }, step.action);
        if (!ran) return ran;
    }
    return copy_crossings(part.outputs, crossings, false);
}

Result<void> CudaProgram::wait(int) {
    return check(card::synchronize(stream_));
}

// What the kernels of a batch read beside buffers: tables of angles, the rows asked for.
Result<void> CudaProgram::prepare(const Batch& batch) {
    if (auto uploaded = upload_rotations(); !uploaded) return uploaded;
    return check(card::copy_to_device(workspace_.at(layout_->wanted), batch.wanted.data(),
                                      4 * batch.wanted.size(), stream_));
}

Result<void> CudaProgram::upload_rotations() {
    for (const auto& [id, offset] : layout_->rotation_tables) {
        const Rotation& rotation = plan_.rotations[id];
        const std::size_t pairs = rotation.frequencies.size();
        angles_.resize(2 * pairs * batch_.tokens.size());
        for (std::size_t t = 0; t < batch_.tokens.size(); ++t) {
            const double position = static_cast<double>(length_) + static_cast<double>(t) +
                                    static_cast<double>(layout_->limits.position_offset);
            for (std::size_t j = 0; j < pairs; ++j) {
                const double angle =
                    std::remainder(position * rotation.frequencies[j], 2 * std::numbers::pi);
                angles_[2 * (t * pairs + j)] =
                    static_cast<float>(std::cos(angle) * rotation.magnitude);
                angles_[2 * (t * pairs + j) + 1] =
                    static_cast<float>(std::sin(angle) * rotation.magnitude);
            }
        }
        if (auto copied = check(card::copy_to_device(workspace_.at(offset), angles_.data(),
                                                     4 * angles_.size(), stream_));
            !copied) {
            return copied;
        }
        if (auto waited = check(card::synchronize(stream_)); !waited) return waited;
    }
    return {};
}

Result<void> CudaProgram::copy_crossings(const std::vector<BufferId>& buffers, Crossings& crossings,
                                         bool to_card) {
    for (const BufferId id : buffers) {
        const auto words = crossings.words(id);
        const Buffer& buffer = plan_.buffers[id];
        const std::size_t rows =
            buffer.rows == RowCount::Batch ? batch_.tokens.size() : batch_.wanted.size();
        const std::size_t bytes = 4 * rows * buffer.width;
        std::byte* memory = workspace_.at(layout_->buffers.at(id));
        const int code = to_card ? card::copy_to_device(memory, words.data(), bytes, stream_)
                                 : card::copy_to_host(words.data(), memory, bytes, stream_);
        if (auto copied = check(code); !copied) return copied;
    }
    return {};
}

kernels::cuda::DeviceView CudaProgram::view(const View& view) const {
    card::DeviceView made;
    made.data =
        reinterpret_cast<float*>(workspace_.at(layout_->buffers.at(view.buffer))) + view.offset;
    made.row_stride = plan_.buffers[view.buffer].width;
    made.heads = view.heads;
    made.width = view.width;
    made.head_stride = view.stride;
    return made;
}

namespace {

// Heads side by side are one run of columns.
card::DeviceView as_row(card::DeviceView view) {
    view.width *= view.heads;
    view.heads = 1;
    view.head_stride = view.width;
    return view;
}

}  // namespace

int CudaProgram::rows_of(const View& view) const {
    return static_cast<int>(plan_.buffers[view.buffer].rows == RowCount::Batch
                                ? batch_.tokens.size()
                                : batch_.wanted.size());
}

template <class T>
T* CudaProgram::weight_at(WeightId id) const {
    return id == kNone ? nullptr : reinterpret_cast<T*>(weights_.at(layout_->weights.at(id)));
}

kernels::cuda::DeviceCache CudaProgram::cache_at(CacheId id) const {
    card::DeviceCache cache = device_cache(plan_.caches[id], layout_->limits);
    cache.memory = caches_.at(layout_->caches[id]);
    return cache;
}

// Rows of the embedding are read from the file, one a token.
Result<void> CudaProgram::run(const Embed& embed) {
    const Weight& weight = plan_.weights[embed.weight];
    const auto& format = *kernels::find_format(static_cast<std::uint32_t>(weight.format));
    const std::size_t row_bytes = kernels::row_bytes(weight.format, weight.columns);
    std::vector<std::byte> row(row_bytes);
    embedded_.resize(batch_.tokens.size() * weight.columns);
    for (std::size_t t = 0; t < batch_.tokens.size(); ++t) {
        auto read = reader_->read(weight.tensor, row_bytes * batch_.tokens[t], row);
        if (!read) return read;
        float* values = embedded_.data() + t * weight.columns;
        for (std::int64_t c = 0; c < weight.columns; c += format.block_values) {
            format.decode(row.data() + c / format.block_values * format.block_bytes, values + c);
        }
    }
    const card::DeviceView out = view(embed.out);
    auto copied =
        check(card::copy_to_device(out.data, embedded_.data(), 4 * embedded_.size(), stream_));
    if (!copied) return copied;
    return check(card::synchronize(stream_));
}

Result<void> CudaProgram::run(const Norm& norm) {
    const int rows = rows_of(norm.out);
    if (rows == 0) return {};
    return check(card::rms_norm(stream_, view(norm.in), view(norm.out), weight_at(norm.weight),
                                norm.epsilon, rows));
}

Result<void> CudaProgram::multiply(View in, WeightId weight_id, WeightId bias, float* out,
                                   int out_stride, int rows, Prepared& prepared) {
    if (rows == 0) return {};
    const Weight& weight = plan_.weights[weight_id];
    const card::DeviceView x = as_row(view(in));
    card::Product product;
    product.format = weight.format;
    product.weight = weight_at<void>(weight_id);
    product.rows = weight.rows;
    product.columns = weight.columns;
    product.bias = weight_at(bias);
    product.out = out;
    product.out_stride = out_stride;
    product.code_books = reinterpret_cast<const card::CodeBooks*>(weights_.at(layout_->code_books));
    return takes_int8(weight.format) ? multiply_units(product, x, rows, prepared)
                                     : multiply_floats(product, x, rows);
}

Result<void> CudaProgram::multiply_floats(const card::Product& product, card::DeviceView x,
                                          int rows) {
    if (large_ && large_->takes(rows)) {
        bool done = false;
        auto multiplied =
            check(large_->multiply_float(stream_, product, x.data, x.row_stride, rows, done));
        if (!multiplied || done) return multiplied;
    }
    return check(card::multiply_float(stream_, product, x.data, x.row_stride, rows));
}

Result<void> CudaProgram::multiply_units(const card::Product& product, card::DeviceView x, int rows,
                                         Prepared& prepared) {
    auto* units = reinterpret_cast<card::ActivationUnit*>(workspace_.at(layout_->activations));
    if (!prepared.units) {
        auto made = check(card::quantize_activations(stream_, x, rows, units));
        if (!made) return made;
        prepared.units = true;
    }
    if (large_ && large_->takes(rows)) {
        if (!prepared.halves) {
            auto made = check(large_->expand(stream_, units, product.columns, rows));
            if (!made) return made;
            prepared.halves = true;
        }
        bool done = false;
        auto multiplied = check(large_->multiply(stream_, product, rows, done));
        if (!multiplied || done) return multiplied;
    }
    return check(card::multiply_quantized(stream_, product, units, rows));
}

Result<void> CudaProgram::run(const Project& project) {
    Prepared prepared;
    for (const ProjectPart& part : project.parts) {
        const card::DeviceView out = view(part.out);
        auto multiplied = multiply(project.in, part.weight, part.bias, out.data, out.row_stride,
                                   rows_of(part.out), prepared);
        if (!multiplied) return multiplied;
    }
    return {};
}

Result<void> CudaProgram::run(const Rotate& rotate) {
    const auto* table =
        reinterpret_cast<const float*>(workspace_.at(layout_->rotation_tables.at(rotate.rotation)));
    const bool interleaved =
        plan_.rotations[rotate.rotation].pairing == Rotation::Pairing::Interleaved;
    return check(
        card::rotate(stream_, view(rotate.view), table, interleaved, rows_of(rotate.view)));
}

Result<void> CudaProgram::run(const CacheWrite& write) {
    return check(card::write_cache(stream_, cache_at(write.cache), length_, view(write.key),
                                   view(write.value), rows_of(write.key)));
}

Result<void> CudaProgram::run(const Attend& attend) {
    return check(card::attend(stream_, cache_at(attend.cache), length_,
                              static_cast<float>(attend.scale), view(attend.query),
                              view(attend.out), rows_of(attend.out)));
}

Result<void> CudaProgram::run(const GatedUnit& unit) {
    const int rows = rows_of(unit.out);
    if (rows == 0) return {};
    return check(card::gated_unit(stream_, as_row(view(unit.gate)), as_row(view(unit.up)),
                                  as_row(view(unit.out)), rows));
}

Result<void> CudaProgram::run(const Add& add) {
    const int rows = rows_of(add.target);
    if (rows == 0) return {};
    return check(card::add(stream_, as_row(view(add.target)), as_row(view(add.source)), rows));
}

Result<void> CudaProgram::run(const Select& select) {
    const int count = static_cast<int>(batch_.wanted.size());
    if (count == 0) return {};
    const auto* wanted = reinterpret_cast<const std::int32_t*>(workspace_.at(layout_->wanted));
    for (const auto& pair : select.pairs) {
        auto gathered = check(card::gather_rows(stream_, as_row(view(pair.in)),
                                                as_row(view(pair.out)), wanted, count));
        if (!gathered) return gathered;
    }
    return {};
}

Result<void> CudaProgram::run(const Logits& logits) {
    const int rows = static_cast<int>(batch_.wanted.size());
    logits_ = std::span<const float>(logits_memory_.data(),
                                     static_cast<std::size_t>(rows) * layout_->vocabulary);
    auto* out = reinterpret_cast<float*>(workspace_.at(layout_->logits));
    Prepared prepared;
    auto multiplied =
        multiply(logits.in, logits.weight, kNone, out, layout_->vocabulary, rows, prepared);
    if (!multiplied) return multiplied;
    return check(card::copy_to_host(logits_memory_.data(), out, 4 * logits_.size(), stream_));
}

// lay_out refuses every other step, so none of them is ever started.
template <class Other>
Result<void> CudaProgram::run(const Other&) {
    return fail(ErrorCode::Internal, "A step that was not laid out was started.");
}

}  // namespace deepwell::engine
