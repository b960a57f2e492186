// The half of PlanBuilder that writes steps. Views are checked against the weights here, once; a
// backend trusts them.
#include <fmt/format.h>

#include "engine/models/plan_builder.h"

namespace deepwell::engine {

View heads(View row, int count) {
    View view = row;
    view.heads = count;
    view.width = count > 0 ? row.columns() / count : 0;
    view.stride = view.width;
    return view;
}

View part(View view, int offset, int width) {
    view.offset += offset;
    view.width = width;
    return view;
}

void PlanBuilder::begin_layer(int index) {
    plan_.layers.push_back({index, {}});
    names_in_layer_.clear();
}

void PlanBuilder::begin_part(WeightClass home) {
    home_ = home;
}

void PlanBuilder::push(Action action) {
    if (error_) return;
    if (plan_.layers.empty()) begin_layer(-1);
    plan_.layers.back().steps.push_back({home_, std::move(action)});
}

// A buffer of `heads` heads, with as many rows as `like` has. The n-th buffer of a name in a layer
// is the n-th of that name (and width) in every layer.
View PlanBuilder::new_view(std::string_view name, int heads, int width, View like,
                           ElementType element) {
    expect(heads > 0 && width > 0, fmt::format("{} is empty", name));
    if (error_) return {};
    const RowCount rows = like.buffer == kNone ? RowCount::Batch : plan_.buffers[like.buffer].rows;
    const int nth = ++names_in_layer_[std::string(name)];
    const std::string numbered = nth == 1 ? std::string(name) : fmt::format("{}{}", name, nth);
    View view{kNone, 0, heads, width, width};
    for (std::size_t i = 0; i < plan_.buffers.size(); ++i) {
        const Buffer& buffer = plan_.buffers[i];
        if (buffer.name == numbered && buffer.width == heads * width && buffer.rows == rows &&
            buffer.element == element) {
            view.buffer = static_cast<BufferId>(i);
            return view;
        }
    }
    plan_.buffers.push_back({numbered, heads * width, rows, element});
    view.buffer = static_cast<BufferId>(plan_.buffers.size()) - 1;
    return view;
}

View PlanBuilder::embed(const std::string& tensor) {
    const Linear matrix =
        linear(tensor, description_.width, description_.vocabulary, WeightClass::Embedding);
    const View out = new_view("x", 1, description_.width, {});
    if (error_) return {};
    plan_.residual = out.buffer;
    push(Embed{matrix.weight, out});
    return out;
}

View PlanBuilder::norm(View in, WeightId weight_id) {
    if (error_) return {};
    expect(weight(weight_id).columns == in.width, "norm: width of weight and input");
    const View out = new_view("normed", in.heads, in.width, in);
    push(Norm{weight_id, static_cast<float>(description_.epsilon), in, out});
    return out;
}

void PlanBuilder::norm_in_place(View view, WeightId weight_id) {
    if (error_) return;
    expect(weight(weight_id).columns == view.width, "norm: width of weight and heads");
    push(Norm{weight_id, static_cast<float>(description_.epsilon), view, view});
}

View PlanBuilder::project(View in, Linear linear) {
    return project<1>(in, std::array<Linear, 1>{linear})[0];
}

void PlanBuilder::project_parts(View in, std::span<const Linear> parts, std::span<View> out) {
    if (error_) return;
    Project step;
    step.in = in;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Weight& matrix = weight(parts[i].weight);
        expect(matrix.columns == in.columns() && in.contiguous() && matrix.slices == 1,
               fmt::format("{}: columns {} for an input of {}", matrix.tensor, matrix.columns,
                           in.columns()));
        out[i] = new_view("projected", 1, static_cast<int>(matrix.rows), in);
        step.parts.push_back({parts[i].weight, parts[i].bias, out[i]});
    }
    push(std::move(step));
}

View PlanBuilder::head_project(View in, WeightId weight_id) {
    if (error_) return {};
    const Weight& matrix = weight(weight_id);
    expect(matrix.slices == in.heads && matrix.columns == in.width,
           fmt::format("{}: slices for heads", matrix.tensor));
    const View out = new_view("by_head", in.heads, static_cast<int>(matrix.rows), in);
    push(HeadProject{weight_id, in, out});
    return out;
}

void PlanBuilder::rotate(View view, RotationId rotation_id) {
    if (error_) return;
    expect(plan_.rotations[rotation_id].width() == view.width, "rotation: width of the heads");
    push(Rotate{rotation_id, view});
}

void PlanBuilder::write(CacheId cache, View key, View value) {
    if (error_) return;
    const CacheSpec& spec = plan_.caches[cache];
    if (spec.kind == CacheSpec::Kind::KeyValue) {
        expect(key.heads == spec.kv_heads && value.heads == spec.kv_heads &&
                   key.width == spec.key_width && value.width == spec.value_width,
               "cache: heads of key and value");
    } else {
        expect(key.heads == 1 && value.heads == 1 && key.width == spec.latent_width &&
                   value.width == spec.rope_width,
               "cache: latent and rope part");
    }
    push(CacheWrite{cache, key, value});
}

View PlanBuilder::attend(CacheId cache, View query, double scale) {
    if (error_) return {};
    const CacheSpec& spec = plan_.caches[cache];
    expect(spec.kv_heads > 0 && query.heads % spec.kv_heads == 0 && query.width == spec.key_width,
           "attention: query heads");
    const View out = new_view("attended", query.heads, spec.value_width, query);
    push(Attend{cache, scale, query, out});
    View row = out;  // what follows sees a row
    row.heads = 1;
    row.width = row.stride = out.columns();
    return row;
}

View PlanBuilder::latent_attend(CacheId cache, View latent_query, View rope_query, double scale) {
    if (error_) return {};
    const CacheSpec& spec = plan_.caches[cache];
    expect(latent_query.width == spec.latent_width && rope_query.width == spec.rope_width &&
               latent_query.heads == rope_query.heads,
           "latent attention: queries");
    const View out = new_view("attended", latent_query.heads, spec.latent_width, latent_query);
    push(LatentAttend{cache, scale, latent_query, rope_query, out});
    return out;
}

View PlanBuilder::gated_unit(View gate, View up) {
    if (error_) return {};
    expect(gate.columns() == up.columns(), "gated unit: widths");
    const View out = new_view("gated", 1, gate.columns(), gate);
    push(GatedUnit{gate, up, out});
    return out;
}

PlanBuilder::Routing PlanBuilder::route(View in, WeightId weight_id, WeightId bias_id,
                                        Route route) {
    if (error_) return {};
    const Weight& matrix = weight(weight_id);
    expect(matrix.columns == in.columns() && matrix.rows == route.experts, "router: shape");
    route.weight = weight_id;
    route.bias = bias_id;
    route.in = in;
    route.ids = new_view("expert_ids", 1, route.used, in, ElementType::Int32);
    route.weights = new_view("expert_weights", 1, route.used, in);
    const Routing routing{route.ids, route.weights};
    push(std::move(route));
    return routing;
}

View PlanBuilder::experts(View in, Routing routing, WeightId gate, WeightId up, WeightId down) {
    if (error_) return {};
    expect(weight(gate).columns == in.columns() && weight(up).columns == in.columns() &&
               weight(gate).rows == weight(up).rows && weight(down).columns == weight(up).rows &&
               weight(down).rows == in.columns(),
           "experts: shapes");
    const View out = new_view("mixed", 1, in.columns(), in);
    const WeightClass before = home_;
    home_ = WeightClass::RoutedExpert;
    push(Experts{gate, up, down, in, routing.ids, routing.weights, out});
    home_ = before;
    return out;
}

void PlanBuilder::add(View target, View source) {
    if (error_) return;
    expect(target.columns() == source.columns(), "add: widths");
    push(Add{target, source});
}

void PlanBuilder::select(std::initializer_list<View*> views) {
    if (error_) return;
    Select step;
    for (View* view : views) {
        plan_.buffers.push_back({plan_.buffers[view->buffer].name + "_selected", view->columns(),
                                 RowCount::Selected, ElementType::Float32});
        View out = *view;
        out.offset = 0;
        out.buffer = static_cast<BufferId>(plan_.buffers.size()) - 1;
        step.pairs.push_back({*view, out});
        *view = out;
    }
    push(std::move(step));
}

void PlanBuilder::logits(View in, Linear linear) {
    if (error_) return;
    const Weight& matrix = weight(linear.weight);
    expect(matrix.columns == in.columns() && linear.bias == kNone, "logits: shape");
    plan_.vocabulary = static_cast<int>(matrix.rows);
    push(Logits{linear.weight, in});
}

}  // namespace deepwell::engine
