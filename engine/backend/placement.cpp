#include "engine/backend/placement.h"

#include <algorithm>
#include <array>
#include <map>

namespace deepwell::engine {
namespace {

constexpr std::size_t kClasses = static_cast<std::size_t>(WeightClass::Output) + 1;

// The class that a step is placed by. A cache must be written where it is read: both are attention.
WeightClass class_of(const Step& step) {
    return cache_used(step) != kNone ? WeightClass::Attention : step.home;
}

void insert_once(std::vector<BufferId>& list, BufferId buffer) {
    if (std::find(list.begin(), list.end(), buffer) == list.end()) list.push_back(buffer);
}

}  // namespace

Placement Placement::all(const Plan& plan, int backend) {
    Placement placement;
    placement.backends_.assign(plan.layers.size(), std::vector<int>(kClasses, backend));
    return placement;
}

Placement Placement::last_layers(const Plan& plan, int layers, int backend) {
    if (layers >= plan.block_count) return all(plan, backend);
    Placement placement = all(plan, 0);
    if (layers <= 0) return placement;
    for (std::size_t place = 0; place < plan.layers.size(); ++place) {
        if (plan.layers[place].index < plan.block_count - layers) continue;
        std::fill(placement.backends_[place].begin(), placement.backends_[place].end(), backend);
    }
    return placement;
}

Placement& Placement::experts_to(int first, int last, int backend) {
    // Blocks stand one place behind their index: layer -1 comes first.
    for (int block = std::max(0, first); block < last; ++block) {
        const auto place = static_cast<std::size_t>(block) + 1;
        if (place >= backends_.size()) break;
        backends_[place][static_cast<std::size_t>(WeightClass::RoutedExpert)] = backend;
    }
    return *this;
}

Placement& Placement::leave_what_it_cannot(const Plan& plan, int backend, const Backend& runner,
                                           const Limits& limits) {
    for (std::size_t layer = 0; layer < plan.layers.size(); ++layer) {
        std::array<Segment, kClasses> parts;
        for (std::size_t step = 0; step < plan.layers[layer].steps.size(); ++step) {
            const auto part = static_cast<std::size_t>(class_of(plan.layers[layer].steps[step]));
            parts[part].steps.push_back({static_cast<int>(layer), static_cast<int>(step)});
        }
        for (std::size_t part = 0; part < kClasses; ++part) {
            if (backends_[layer][part] != backend || parts[part].steps.empty()) continue;
            if (!runner.lay_out(plan, {&parts[part], 1}, limits)) backends_[layer][part] = 0;
        }
    }
    return *this;
}

int Placement::of(int layer_place, WeightClass weight_class) const {
    return backends_[static_cast<std::size_t>(layer_place)][static_cast<std::size_t>(weight_class)];
}

std::vector<Segment> cut(const Plan& plan, const Placement& placement) {
    std::vector<Segment> segments;
    std::map<BufferId, int> writer;  // the segment that wrote a buffer last
    for (std::size_t l = 0; l < plan.layers.size(); ++l) {
        for (std::size_t s = 0; s < plan.layers[l].steps.size(); ++s) {
            const Step& step = plan.layers[l].steps[s];
            const int backend = placement.of(static_cast<int>(l), class_of(step));

            std::vector<std::pair<BufferId, int>> foreign;  // read here, written by whom
            for (BufferId buffer : buffers_read(step)) {
                const auto found = writer.find(buffer);
                if (found != writer.end() && segments[found->second].backend != backend) {
                    foreign.emplace_back(buffer, found->second);
                }
            }
            // A step that reads what another backend computed after this segment began cannot be
            // part of it: the segment would have to wait in the middle.
            bool fresh = segments.empty() || segments.back().backend != backend;
            for (const auto& [buffer, source] : foreign) {
                const auto& known = fresh ? std::vector<BufferId>{} : segments.back().inputs;
                if (std::find(known.begin(), known.end(), buffer) == known.end()) fresh = true;
            }
            if (fresh) segments.push_back({backend, {}, {}, {}, {}});
            const int own = static_cast<int>(segments.size()) - 1;
            Segment& segment = segments.back();
            segment.steps.push_back({static_cast<int>(l), static_cast<int>(s)});
            for (const auto& [buffer, source] : foreign) {
                insert_once(segment.inputs, buffer);
                insert_once(segments[source].outputs, buffer);
                if (std::find(segment.after.begin(), segment.after.end(), source) ==
                    segment.after.end()) {
                    segment.after.push_back(source);
                }
            }
            for (BufferId buffer : buffers_written(step)) writer[buffer] = own;
        }
    }
    return segments;
}

std::vector<Segment> segments_of(std::span<const Segment> all, int backend) {
    std::vector<Segment> own;
    for (const Segment& segment : all) {
        if (segment.backend == backend) own.push_back(segment);
    }
    return own;
}

std::vector<BufferId> crossing_buffers(std::span<const Segment> segments) {
    std::vector<BufferId> buffers;
    for (const Segment& segment : segments) {
        for (BufferId buffer : segment.outputs) insert_once(buffers, buffer);
    }
    return buffers;
}

}  // namespace deepwell::engine
